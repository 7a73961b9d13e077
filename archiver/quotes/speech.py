"""Words of quoting: how each language says that somebody posted, said or commented, as data.

Collected from how newspapers of each language introduce the words of others; the registers are those of reporting. A
word that ends in `*` stands for all that begin with it. Verbs of posting and places of posts are read in all languages
at once; all other words, many of which mean something else next door (French `son`, English `son`), in the language
that the text's own small words tell.
"""

from typing import Literal

Cue = Literal[
    "post", "self", "place", "text", "say", "on", "comment", "replies", "told", "audience", "spoken", "press",
    "elsewhere", "earlier", "who", "other", "kin", "a", "the", "own", "work", "skip",
]  # fmt: skip
"""What a word tells of a quotation.

- `post` a verb of posting, `self` with the post as its subject (it read); `place` where posts are, or what they consist
  of; `text` what may stand for a post as a subject (the message)
- `say` any other verb of saying, `on` one that goes on from earlier words (added); `comment` one of answering a post,
  `replies` where answers are; `told` one of speech to somebody, which an `audience` (her followers) turns into posting
- `spoken` a place of speech (an interview), `press` what prints or airs it; `elsewhere` writing that is no post (a
  book), `earlier` another time's post
- `who` a pronoun as subject; `other` somebody who is not the post's author, `kin` one who is not if somebody's own (her
  brother); `a`, `the` and `own` are articles and possessives
- `work` what has a title, which stands in quotation marks too
- `skip` words between a subject and its verb
"""

WORDS: dict[str, dict[Cue, str]] = {
    "en": {
        "post": "wrote, writes, written, writing, tweeted, tweets, tweeting, posted, posting, posts, captioned, "
        "captioning, penned, shared, sharing, shares, uploaded, took to, taking to, takes to, "
        "blogged, it read, it reads, caption read, caption reads, post read, post reads, message read, "
        "message reads, tweet read, statement read, which read, that read, reposted, retweeted",
        "self": "it read, it reads, caption read, caption reads, post read, post reads, message read, message "
        "reads, tweet read, statement read, which read, that read",
        "place": "instagram, insta, twitter, facebook, tiktok, threads, bluesky, mastodon, linkedin, truth social, "
        "youtube, snapchat, telegram, reddit, tumblr, on x, to x, via x, x account, caption, captions, "
        "post, tweet, thread, social media, social network, message, feed, timeline, alongside, beneath, "
        "underneath, hashtag, selfie, reel, carousel, page",
        "text": "it, letter, message, post, caption, statement, tweet, thread, text, note, notice",
        "say": "said, says, saying, added, adds, adding, continued, continues, concluded, concludes, concluding, "
        "explained, explains, revealed, reveals, joked, jokes, joking, quipped, insisted, admitted, "
        "admits, confessed, announced, declared, argued, called, calling, calls, described, describing, "
        "thanked, thank, thanking, praised, praising, promised, urged, warned, recalled, recounted, went "
        "on, signed off, gushed, stated, noted, remarked, reads, asked, vowed, wished, referred, "
        "referring, teased, complained, fumed, lamented, begged, mused, according to, closed with, ended "
        "with, finished with, finished, began, opened with, begins, hit back, hitting back, hailed, "
        "labelled, labeled, dubbed, branded, blamed, accused, shouted, addressed, clarified, put it, "
        "predicted, claimed, confirmed, claiming, pleaded, reassured, reasoned, fired back, shot back, "
        "clapped back, broke the news, break the news, breaking the news, opened up, opening up, hit out, "
        "hitting out, slammed, gave a nod, shared the news, tore into, took aim, poked fun, laughed, "
        "demanded, boasted, announcing, explaining, revealing, telling, opens up, ended, ends, opened, "
        "signs off, goes on, go on, going on, closes, closed, closing, shared that, beamed, sighed, "
        "marvelled, marveled, raved, enthused, cried, exclaimed, ranted, stressed, conceded, "
        "acknowledged, disclosed, observed, maintained, pointed out, cautioned, advised, suggested, "
        "thundered, seethed, jested, wondered, pondered, reflected, reminisced, reassuring, thanks, "
        "praises, describes, recalls, insists, argues, warns, urges, hopes, hoped, opens with, followed "
        "up, followed it up, dedicated, dedicating, credited, crediting, apologised, apologized, "
        "apologising, apologizing, claims, confirms, stresses, quotes, quoting, paid tribute, paying "
        "tribute, bid farewell",
        "on": "added, adds, adding, continued, continues, concluded, concludes, concluding, went on, signed "
        "off, closed with, ended with, finished with, goes on, go on, closes, closed, closing, ended, "
        "ends, finished, added that",
        "comment": "commented, commenting, replied, replies, replying, responded, responding, reply, in response, "
        "answered, chimed in, weighed in",
        "replies": "comments, comment",
        "told": "told, tells, telling",
        "audience": "followers, fans, supporters, subscribers, the world, everyone",
        "spoken": "interview, interviews, interviewed, interviewer, press conference, news conference, reporters, "
        "journalists, phone, telephone, spoke to, speaking to, spoke with, speaking with, speaking at, "
        "speaking outside, talking to, this newspaper, this paper, hearing, speech, town hall, onstage, "
        "on stage, voicemail, rally, commons, parliament, lawmakers, mps, can be heard, could be heard, "
        "by e mail, by email, when asked, asked about, asked whether, asked if, asked for comment, "
        "audience member",
        "press": "reporter, radio, television, tv, podcast, magazine, newspaper, court, documentary, talk show, "
        "journalist",
        "elsewhere": "e mail, e mails, email, emails, memoir, memoirs, autobiography, book, column, op ed, report, "
        "diary, leaflet, website, statement, statements, press release, court papers, court documents, "
        "lawsuit, banner, placard, plaque, poster",
        "earlier": "at the time, last year, last month, last spring, last summer, last autumn, last winter, years "
        "ago, months ago, previously, earlier post, earlier tweet, previous post, previous tweet, older "
        "post, old tweet, deleted tweet, deleted post, another post, separate post, later post, an "
        "earlier, a previous, had written, had tweeted, had posted, back in",
        "who": "he, she, they, who",
        "other": "spokesman, spokeswoman, spokesperson, spokespeople, representative, rep, source, sources, "
        "insider, fan, follower, follower's, commenter, commenters, commentator, user, users, critic, "
        "critics, police, officers, officials, official, expert, experts, guest, customer, customers, "
        "viewer, viewers, reader, readers, listener, resident, residents, witness, witnesses, organisers, "
        "organizers, judges, jury, others, another, someone, somebody, one, third, fourth, fifth, many, "
        "some, several, person, people, campaigners, opposition, charity, airline, court, another's, "
        "trolls, troll, one of them, one of, a third, the latter, locals, villagers, islanders, players, "
        "lawmakers, forecasters, doctors, doctor, scientists, researchers, engineers, growers, farmers, "
        "parents, pupils, students, teachers, workers, drivers, fans of, tributes, well wishers",
        "kin": "friend, friends, brother, sister, mother, father, mum, mom, dad, husband, wife, partner, son, "
        "daughter, cousin, uncle, aunt, grandmother, grandfather, grandson, girlfriend, boyfriend, "
        "manager, agent, lawyer, lawyers, attorney, publicist, neighbour, neighbor, neighbours, "
        "neighbors, colleague, colleagues, teammate, team mate, co star, co stars, opponent, opponents, "
        "office, label, union, coach, producer, director, publisher, boss, team, club",
        "a": "a, an",
        "the": "the, this, that",
        "own": "his, her, their, its, my, our",
        "work": "album, albums, single, singles, song, songs, track, hit, film, films, movie, movies, series, "
        "show, sitcom, drama, book, novel, play, musical, exhibition, painting, sculpture, titled, "
        "entitled, named, episode, video for, so called, known as, nicknamed, hashtag, slogan, star of, "
        "starred in, stars in, author of, poem, magazine, programme, podcast, game, tour, song called, "
        "renamed, amendment, role in, character, liked, likes",
        "skip": "later, then, also, has, had, have, simply, once, previously, recently, sarcastically, publicly, "
        "reportedly, jokingly, proudly, soon, quickly, was, is, just, now, first, only, even, herself, "
        "himself, themselves",
    },
    "de": {
        "post": "schrieb, schreibt, schrieben, geschrieben, postete, postet, gepostet, twitterte, twittert, "
        "getwittert, veröffentlichte, teilte auf, kommentierte das, betitelte, heißt es, es heißt, hieß "
        "es in, teilte bei, zeigte dazu, tippte",
        "self": "heißt es, es heißt, hieß es in",
        "place": "auf x, bei x, via x, beitrag, beitrags, beiträge, tweet, post, posting, bildunterschrift, "
        "facebook, social media, soziale* netzwerk*, kurznachrichtendienst, zu einem selbstporträt, unter "
        "ein foto, unter einem foto, zu dem foto, zum foto, zum bild, zu dem bild, neben dem foto, "
        "instagram*, story, nachricht, eintrag, facebook seite",
        "text": "text, beitrag, post, nachricht, brief, eintrag, mitteilung",
        "say": "sagte, sagt, fügte, ergänzte, ergänzt, erklärte, erklärt, betonte, betont, meinte, meint, "
        "scherzte, scherzt, verriet, verrät, gestand, gesteht, nannte, nennt, dankte, bedankte, kündigte, "
        "machte, fuhr fort, schloss, schließt, beendete, bezeichnete, bezeichnet, lobte, warnte, "
        "forderte, berichtete, erzählte, erzählt, versprach, versicherte, witzelte, jubelte, wünschte, "
        "heißt, hieß, laut, schwärmte, fragte, fahre, sprach, rief, erläuterte, ließ wissen, spricht, "
        "peste, wetterte, bekannte, bekennt, bedauerte, bedauert, klagte, klagt, stellte klar, stellt "
        "klar, kommt zu wort, gratulierte, gratuliert, dankt, bedankt sich, verkündete, verkündet, "
        "verkündeten, schreibe, spottete, spottet, räumte, äußerte, äußert, endet, endete, beginnt, "
        "begann, hofft, wandte, wendet, meldete, meldet, freute, freut, machte klar, nahm",
        "on": "fügte, ergänzte, ergänzt, fuhr fort, schloss, schließt, beendete",
        "comment": "kommentierte, kommentiert, antwortete, antwortet, reagierte, entgegnete, erwiderte",
        "replies": "kommentar, kommentare, kommentaren",
        "told": "sagte der, sagte dem, sagte gegenüber, gegenüber, verriet der, verriet dem, erzählte der, "
        "erzählte dem, sagte im",
        "audience": "followern, follower, fans, anhängern, fangemeinde",
        "spoken": "interview, gespräch, pressekonferenz, journalisten, reportern, telefon, anfrage, dieser zeitung, "
        "vor gericht, rathaus hieß es, deutschen presse agentur, dpa",
        "press": "radio, fernsehen, podcast, zeitung, rundfunk, talkshow, sendung",
        "elsewhere": "e mail, mail, buch, autobiografie, autobiographie, kolumne, bericht, brief, flugblatt, "
        "mitteilung, stellungnahme",
        "earlier": "damals, vor jahren, vergangenes jahr, im vergangenen jahr, vor zwei wochen, vor wochen, "
        "früheren, hatte noch",
        "who": "er, sie, es",
        "other": "sprecher, sprecherin, vertreter, vertreterin, nutzer, nutzerin, nutzerinnen, user, userin, fan, "
        "follower, kritiker, kritikerin, polizei, experte, expertin, gast, kunde, kundin, zuschauer, "
        "leser, leserin, anwohner, anwohnerin, zeuge, augenzeuge, jemand, andere, anderer, eine weitere, "
        "ein weiterer, hörerinnen, hörer, unternehmen, sender, opposition, rathaus, einer von ihnen, eine "
        "von ihnen, ein anderer, eine andere, ärzte, fans, anhänger, experten, polizisten, veranstalter, "
        "gegner, die einen",
        "kin": "freund, freundin, bruder, schwester, mutter, vater, ehemann, ehefrau, gatte, manager, managerin, "
        "agent, agentin, anwalt, anwältin, nachbar, nachbarin, kollege, kollegin, kollegen, "
        "mannschaftskollege, verein, frau, mann, trainer, trainerin, sohn, tochter, chef, chefin, "
        "freunde, berater, beraterin",
        "a": "ein, eine, einer, eines",
        "the": "der, die, das, dem, den, dieser, diese",
        "own": "seine, seiner, ihre, ihrer, sein, ihr, ihren, seinen, ihrem",
        "work": "serie, film, filme, album, alben, lied, song, single, hit, buch, roman, stück, theaterstück, "
        "sendung, show, titel, titels, ausstellung, bürgerinitiative, initiative, namens, sogenannte, "
        "sogenannten, zeitung, magazin, plakat, drama, komödie, rolle",
        "skip": "dazu, hat, hatte, auch, noch, weiter, zudem, später, daraufhin, nun, außerdem, zuvor, selbst, wenig",
    },
    "fr": {
        "post": "écrit, écrivait, écrivit, écrire, tweeté, tweete, publié, publie, posté, partagé, partage, "
        "légendé, peut on lire, on peut lire, twitté",
        "self": "peut on lire, on peut lire",
        "place": "sur x, publication, légende, message, tweet, post, réseaux sociaux, réseau social, compte, "
        "story, fil, texte, cliché, twitter",
        "text": "message, texte, lettre, publication, légende, billet",
        "say": "a dit, ont dit, se dit, se disent, s est dit, s est dite, dit il, dit elle, "
        "ajoute, ajouté, confie, confié, explique, expliqué, poursuit, "
        "poursuivi, conclut, conclu, déclare, déclaré, précise, précisé, raconte, raconté, lance, lancé, "
        "ironise, ironisé, plaisante, plaisanté, remercie, remercié, salue, salué, évoque, évoqué, "
        "dénonce, dénoncé, promet, promis, annonce, annoncé, assure, assuré, affirme, affirmé, regrette, "
        "regretté, estime, estimé, se souvient, rappelle, rappelé, insiste, insisté, continue, souligne, "
        "souligné, qualifie, qualifié, avoue, avoué, s exclame, résume, résumé, termine, terminé, "
        "rétorque, parlent, parle, selon, peste, pesté, s amuse, s est amusé, réclame, réclamé, s "
        "insurge, insurgé, tempête, lâche, lâché, glisse, glissé, souffle, s agace, se réjouit, réjoui, s "
        "émeut, indique, indiqué, martèle, se désole, appelle, appelé, admet, admis, reconnaît, reconnu, "
        "accuse, accusé, décrit, parle de, révèle, révélé, se félicite, commence, débute, exprime, "
        "témoigne, espère, garantit, note, observe, juge, jugé, justifie",
        "on": "ajoute, ajouté, poursuit, poursuivi, conclut, conclu, précise, précisé, termine, terminé, continue",
        "comment": "commente, commenté, répond, répondu, réagi, réagit, réplique, répliqué",
        "replies": "commentaire, commentaires",
        "told": "a confié à, confie à, a déclaré à, a expliqué à, raconte à, a dit à",
        "audience": "abonnés, followers, fans",
        "spoken": "interview, entretien, conférence de presse, journalistes, téléphone, interrogé, interrogée, "
        "micro, joint par, jointe par, au micro, hémicycle, nos confrères",
        "press": "radio, télévision, podcast, antenne, plateau, assemblée, tribunal",
        "elsewhere": "livre, autobiographie, mémoires, courriel, e mail, tribune, rapport, lettre, communiqué",
        "earlier": "à l époque, l an dernier, l année dernière, le mois dernier, il y a, auparavant, un précédent",
        "who": "il, elle, ils, elles, on",
        "other": "porte parole, internaute, internautes, utilisateur, utilisatrice, fan, police, expert, experte, "
        "client, cliente, lecteur, lectrice, habitué, habituée, témoin, proche, autre, autres, certains, "
        "quelqu un, opposition, mairie, syndicats, personne, auteur du cliché, l un d eux, l une d elles, "
        "l un, l une, médecins, supporters, auditeurs, spectateurs",
        "kin": "ami, amie, amis, frère, sœur, soeur, mère, père, mari, épouse, femme, compagnon, compagne, "
        "agent, avocat, avocate, producteur, productrice, manager, voisin, voisine, collègue, coéquipier, "
        "fils, fille, entraîneur, entraîneuse, club, équipe, patron, patronne",
        "a": "un, une",
        "the": "le, la, les, l, ce, cet, cette",
        "own": "son, sa, ses, leur, leurs",
        "work": "film, films, album, albums, chanson, chansons, titre, titres, single, série, livre, roman, "
        "pièce, émission, exposition, intitulé, intitulée, interprète de, auteur de, autrice de, plan, "
        "collectif, association, surnommé, surnommée, baptisé, baptisée",
        "skip": "a, t, ont, avait, est, ensuite, également, aussi, même, y, se, s, elle aussi, lui aussi, encore, "
        "avec, lui",
    },
    "es": {
        "post": "escribió, escribe, escribía, escrito, escribiendo, tuiteó, tuitea, tuiteado, publicó, publica, "
        "publicado, posteó, compartió, compartido, subió, colgó, se lee, se leía, redactó",
        "self": "se lee, se leía",
        "place": "en x, publicación, mensaje, tuit, tuits, tweet, redes sociales, red social, pie de foto, cuenta, "
        "imagen, junto a la, leyenda, hilo, perfil, stories, posteo, twitter",
        "text": "mensaje, texto, carta, publicación",
        "say": "dijo, dice, añadió, añade, agregó, agrega, explicó, explica, aseguró, asegura, señaló, señala, "
        "afirmó, afirma, concluyó, concluye, concluía, confesó, confiesa, bromeó, bromea, continuó, "
        "continúa, prosiguió, agradeció, agradece, dio las gracias, "
        "terminaba, acababa, empezaba, comenzaba, cerraba, dedicó, defendió, defiende, anunció, "
        "anuncia, recordó, recuerda, calificó, califica, describió, definió, lamentó, prometió, reveló, "
        "expresó, expresa, sentenció, ironizó, apuntó, manifestó, comentaba, remató, terminó, insistió, "
        "según, pidió, contó, criticó, llamó, añadía, ha zanjado, dedicó unas, dedica, publicaba, "
        "admitió, admite, reconoció, reconoce, celebró, celebra, protestó, protesta, criticaba, aclaró, "
        "aclara, informó, matizó, desveló, desvela, avanzó, agradecía, decía, explicaba, aseguraba, "
        "contaba, expresaba, lanzó, lanza, arranca, arrancó, comienza, empieza, cierra, cerró, despedía, "
        "despidió, se despide, ironiza, exclamó, exclama, espetó, resumió, resume, zanjó, denunció, "
        "denuncia, avisó, advirtió, confirmó, confirma",
        "on": "añadió, añade, agregó, agrega, concluyó, concluye, concluía, continuó, continúa, prosiguió, "
        "remató, terminó, añadía",
        "comment": "comentó, comenta, respondió, responde, contestó, contesta, replicó, contestar, reaccionó",
        "replies": "comentario, comentarios",
        "told": "contó a, dijo a, aseguró a, explicó a, declaró a, confesó a, relató a",
        "audience": "seguidores, fans",
        "spoken": "entrevista, rueda de prensa, periodistas, teléfono, preguntada, preguntado, este diario, esta "
        "redacción, micrófonos",
        "press": "radio, televisión, programa, pódcast, podcast, tribunal, medios, pleno",
        "elsewhere": "libro, autobiografía, memorias, correo, columna, informe, carta, comunicado",
        "earlier": "entonces, hace años, el año pasado, el mes pasado, en su día, anterior",
        "who": "él, ella, ellos, ellas",
        "other": "portavoz, usuario, usuaria, usuarios, internauta, fan, seguidor, seguidora, policía, experto, "
        "experta, vecinos, cliente, clienta, lector, testigo, otro, otra, otros, alguien, oposición, "
        "persona, uno de ellos, una de ellas, otra jugadora, aficionados, médicos, críticos, otro "
        "usuario, hinchas",
        "kin": "amigo, amiga, hermano, hermana, madre, padre, marido, esposo, esposa, mujer, novio, novia, "
        "representante, abogado, abogada, agente, vecino, vecina, colega, compañero, compañera, "
        "compañeros, hijo, hija, entrenador, entrenadora, club, equipo, jefe, jefa",
        "a": "un, una, unos, unas",
        "the": "el, la, los, las, este, esta",
        "own": "su, sus",
        "work": "película, películas, disco, álbum, canción, canciones, serie, libro, novela, obra, programa, "
        "titulado, titulada, llamado, llamada, protagonista de, tema, sencillo, exposición, me gusta, "
        "apodado, apodada, gira, denominado, denominada",
        "skip": "ha, había, también, después, luego, le, les, lo, se, más, tarde, por, su, parte, no, entonces, y",
    },
    "it": {
        "post": "scrive, scritto, scriveva, scrisse, twittato, twitta, postato, pubblicato, pubblica, condiviso, "
        "condivide, si legge, leggiamo, ha scritto",
        "self": "si legge, leggiamo",
        "place": "su x, post, didascalia, messaggio, social, storia, storie, profilo, tweet, a corredo, twitter",
        "text": "messaggio, testo, lettera, post, didascalia",
        "say": "detto, dice, disse, aggiunge, aggiunto, spiega, spiegato, racconta, raccontato, conclude, "
        "concluso, continua, continuato, prosegue, proseguito, confessa, confessato, scherza, scherzato, "
        "ringrazia, ringraziato, annuncia, annunciato, dichiara, dichiarato, afferma, affermato, "
        "sottolinea, sottolineato, rassicurare, rassicurato, definisce, definito, ammette, ammesso, "
        "ricorda, ricordato, rivela, rivelato, secondo, parla, precisato, ironizza, scrive ancora, "
        "confida, confidato, sbotta, sbottato, ironizzato, commosso, rassicura, chiude, chiuso, inizia, "
        "comincia, si legge, esclama, precisa, sostiene, spera, attacca, denuncia, denunciato, si sfoga, "
        "sfogato, minimizza, saluta, salutato, lancia, dedica, dedicato, svela, svelato",
        "on": "aggiunge, aggiunto, conclude, concluso, continua, continuato, prosegue, proseguito, precisato",
        "comment": "commenta, commentato, risponde, risposto, replica, replicato, reagito",
        "replies": "commento, commenti",
        "told": "ha detto al, ha detto alla, ha raccontato a, ha raccontato al, ha spiegato a",
        "audience": "follower, fan, seguaci",
        "spoken": "intervista, conferenza stampa, giornalisti, telefono, microfoni, raggiunto, raggiunta",
        "press": "radio, televisione, tv, podcast, trasmissione, tribunale, nota",
        "elsewhere": "libro, autobiografia, mail, lettera, editoriale, rapporto",
        "earlier": "all epoca, anni fa, l anno scorso, mese scorso, in passato",
        "who": "lui, lei, loro",
        "other": "portavoce, utente, utenti, fan, follower, polizia, esperto, esperta, cliente, lettore, "
        "testimone, altro, altra, altri, qualcuno, opposizione, uno di loro, una di loro, un altro, un "
        "altra, tifosi, medici, residente, residenti, agricoltori",
        "kin": "amico, amica, fratello, sorella, madre, padre, marito, moglie, compagno, compagna, manager, "
        "agente, avvocato, avvocata, vicino, vicina, collega, colleghi, figlio, figlia, allenatore, "
        "allenatrice, club, squadra",
        "a": "un, una, uno",
        "the": "il, lo, la, i, gli, le, questo, questa, l",
        "own": "suo, sua, suoi",
        "work": "film, disco, album, canzone, canzoni, brano, singolo, serie, libro, romanzo, spettacolo, "
        "programma, intitolato, intitolata, mostra, soprannominato, chiamato",
        "skip": "ha, hanno, aveva, è, poi, anche, inoltre, stesso, stessa, si",
    },
    "pt": {
        "post": "escreveu, escreve, escrevia, escrito, tuitou, tuíta, postou, publicou, publica, publicado, "
        "compartilhou, compartilha, partilhou, partilha, legendou, lê se",
        "self": "lê se",
        "place": "no x, na legenda, legenda, publicação, post, mensagem, tuíte, tweet, redes sociais, rede social, "
        "conta, perfil, stories, twitter",
        "text": "mensagem, texto, carta, publicação, legenda",
        "say": "disse, diz, acrescentou, acrescenta, completou, completa, explicou, explica, contou, conta, "
        "afirmou, afirma, concluiu, conclui, confessou, confessa, brincou, brinca, continuou, continua, "
        "prosseguiu, agradeceu, agradece, anunciou, anuncia, declarou, declara, revelou, revela, "
        "lamentou, lembrou, prometeu, destacou, desabafou, desabafa, celebrou, finalizou, definiu, "
        "chamou, descreveu, garantiu, segundo, ironizou, dizia, relatou, relata, comemorou, comemora, "
        "ironiza, criticou, critica, reclamou, reclama, admitiu, admite, confirmou, confirma, avisou, "
        "alertou, informou, encerrou, encerra, despediu, se despediu, começou, começa, termina, terminou, "
        "ressaltou, ressalta, frisou, defendeu, defende, dedicou, pediu, pede, emocionou, garante",
        "on": "acrescentou, acrescenta, completou, completa, concluiu, conclui, continuou, continua, "
        "prosseguiu, finalizou",
        "comment": "comentou, comenta, respondeu, responde, reagiu",
        "replies": "comentário, comentários",
        "told": "disse ao, disse à, contou ao, contou à, afirmou ao, afirmou à, disse em entrevista",
        "audience": "seguidores, fãs",
        "spoken": "entrevista, conferência de imprensa, coletiva, jornalistas, telefone, questionado, questionada, "
        "repórteres",
        "press": "rádio, televisão, podcast, tribunal, programa, nota",
        "elsewhere": "livro, autobiografia, e mail, coluna, relatório, carta, comunicado",
        "earlier": "na época, na altura, há anos, no ano passado, no mês passado, anos atrás",
        "who": "ele, ela, eles, elas",
        "other": "porta voz, usuário, usuária, utilizador, utilizadora, internauta, internautas, fã, seguidor, "
        "seguidora, assessoria, polícia, especialista, cliente, leitor, testemunha, outro, outra, outros, "
        "alguém, oposição, um deles, uma delas, torcedores, médicos, adeptos, moradores",
        "kin": "amigo, amiga, irmão, irmã, mãe, pai, marido, esposa, mulher, namorado, namorada, empresário, "
        "assessor, advogado, advogada, vizinho, vizinha, colega, filho, filha, treinador, treinadora, "
        "clube, equipe, parceiro, parceira",
        "a": "um, uma",
        "the": "o, a, os, as, este, esta",
        "own": "seu, sua",
        "work": "filme, disco, álbum, canção, música, músicas, série, livro, romance, peça, novela, programa, "
        "intitulado, intitulada, chamado, chamada, exposição, apelidado, apelidada",
        "skip": "tem, havia, também, depois, ainda, já, mais, se, lhe, ter",
    },
    "nl": {
        "post": "schreef, schrijft, schreven, geschreven, twitterde, twittert, getwitterd, plaatste, plaatst, "
        "geplaatst, postte, gepost, deelde, deelt, gedeeld, meldt, meldde",
        "place": "op x, via x, bericht, tweet, onderschrift, bijschrift, sociale media, berichtje",
        "text": "bericht, brief, tekst, boodschap",
        "say": "zei, zegt, vertelt, voegde, voegt, vervolgt, vervolgde, aldus, legt uit, legde uit, besluit, "
        "besloot, grapt, grapte, bedankt, bedankte, noemt, noemde, verklaart, verklaarde, benadrukt, "
        "belooft, bekent, gaat verder, ging verder, volgens, jubelt, laat weten, liet weten, legt, sluit "
        "af, sloot af, lacht, lachte, geeft toe, gaf toe, begint, begon, eindigt, eindigde, hoopt, "
        "hoopte, wenst, wenste, klaagt, klaagde, meent, stelt, stelde, verzucht, verzuchtte, onthult, "
        "onthulde, dankt, dankte, kondigde, waarschuwt, bevestigt, bevestigde, schrijft verder",
        "on": "voegde, voegt, vervolgt, vervolgde, besluit, besloot, gaat verder, ging verder",
        "comment": "reageert, reageerde, antwoordt, antwoordde",
        "replies": "reactie, reacties, commentaar",
        "told": "vertelde, tegen, tegenover",
        "audience": "volgers, fans, aanhang",
        "spoken": "interview, gesprek, persconferentie, journalisten, telefoon, verklaring, gevraagd",
        "press": "radio, televisie, podcast, krant, rechtbank, talkshow",
        "elsewhere": "boek, autobiografie, e mail, mail, column, brief, rapport",
        "earlier": "destijds, vorig jaar, vorige maand, jaren geleden, eerder",
        "who": "hij, zij, ze",
        "other": "woordvoerder, woordvoerster, gebruiker, volger, fan, politie, expert, deskundige, klant, lezer, "
        "getuige, ander, andere, anderen, iemand, oppositie, één van hen, een van hen, een ander, een "
        "derde, fans, artsen, bewoners, kijkers",
        "kin": "vriend, vriendin, broer, zus, moeder, vader, man, vrouw, echtgenoot, manager, zaakwaarnemer, "
        "advocaat, buurman, buurvrouw, collega, ploeggenoot, zoon, dochter, trainer, coach, club",
        "a": "een",
        "the": "de, het, deze, dit, d",
        "own": "zijn, haar, hun",
        "work": "film, album, lied, nummer, single, serie, boek, roman, toneelstuk, programma, voorstelling, "
        "getiteld, genaamd, tentoonstelling, bijgenaamd",
        "skip": "heeft, had, ook, er, bij, daarbij, later, vervolgens, nog, toe",
    },
    "pl": {
        "post": "napisał, napisała, pisze, pisał, pisała, zatweetował, zatweetowała, opublikował, opublikowała, "
        "zamieścił, zamieściła, udostępnił, udostępniła, podpisał, podpisała, wrzucił, wrzuciła, czytamy",
        "self": "czytamy",
        "place": "instagramie, instagrama, facebooku, twitterze, na x, portalu x, wpisie, wpis, wpisu, poście, "
        "post, opisie, podpisie, mediach społecznościowych, tweecie, relacji",
        "text": "wpis, list, tekst",
        "say": "powiedział, powiedziała, mówi, mówił, mówiła, dodał, dodała, dodaje, wyznał, wyznała, przyznał, "
        "przyznała, podkreślił, podkreśliła, wyjaśnił, wyjaśniła, stwierdził, stwierdziła, zapewnił, "
        "zapewniła, zażartował, zażartowała, podziękował, podziękowała, ogłosił, ogłosiła, zakończył, "
        "zakończyła, zaznaczył, zaznaczyła, oznajmił, oznajmiła, nazwał, nazwała, ocenił, oceniła, "
        "przekazał, przekazała, według, poinformował, poinformowała, cieszy się, żartuje, podkreśla, "
        "zaznacza, wyjaśnia, zapewnia, przyznaje, wspomina, wspominał, wspominała, pożegnał, pożegnała, "
        "dziękuje, kończy, zaczyna, rozpoczął, rozpoczęła, apeluje, zaapelował, zaapelowała, pochwalił "
        "się, pochwaliła się, żali się, tłumaczy, tłumaczył, tłumaczyła",
        "on": "dodał, dodała, dodaje, zakończył, zakończyła",
        "comment": "skomentował, skomentowała, komentuje, odpowiedział, odpowiedziała, odpisał, odpisała, "
        "zareagował, zareagowała",
        "replies": "komentarz, komentarzach",
        "told": "opowiedział, opowiedziała",
        "audience": "fanom, obserwującym, kibicom, fanów",
        "spoken": "wywiadzie, wywiad, rozmowie, konferencji, dziennikarzom, telefonicznie, portalowi",
        "press": "radiu, radiem, telewizji, podcaście, sądzie",
        "elsewhere": "książce, autobiografii, mailu, felietonie, raporcie, liście, oświadczeniu, komunikacie",
        "earlier": "wtedy, rok temu, lat temu, wcześniej, wówczas, w zeszłym roku",
        "who": "on, ona, oni",
        "other": "rzecznik, rzeczniczka, internauta, internautka, internauci, użytkownik, fan, fanka, fani, "
        "policja, ekspert, klient, czytelnik, świadek, inny, inna, ktoś, opozycja, komentatorzy, jeden z, "
        "jedna z, jeden z nich, kibice, lekarze, mieszkańcy, kolejny, kolejna",
        "kin": "przyjaciel, przyjaciółka, brat, siostra, matka, ojciec, mąż, żona, menedżer, menedżerka, agent, "
        "adwokat, sąsiad, sąsiadka, kolega, koleżanka, trener, trenerka, syn, córka, klub",
        "the": "ten, ta",
        "own": "jego, jej, ich",
        "work": "film, filmu, filmie, płyta, płyty, album, albumu, piosenka, piosenki, serial, serialu, serialem, "
        "książka, książki, powieść, spektakl, utwór, singiel, wystawa, pseudonim, tytuł, tytułem",
        "skip": "też, także, później, następnie, jeszcze, już, się",
    },
    "ru": {
        "post": "написал, написала, написали, пишет, пишут, опубликовал, опубликовала, поделился, поделилась, "
        "разместил, разместила, выложил, выложила, подписал, подписала, твитнул, говорится в",
        "self": "говорится в",
        "place": "инстаграм*, твиттер*, фейсбук*, соцсет*, аккаунт*, пост, посте, поста, публикаци*, подпис*, "
        "микроблог*, сообщени*, telegram, телеграм*",
        "text": "письмо, сообщение, пост, текст",
        "say": "сказал, сказала, говорит, добавил, добавила, отметил, отметила, признался, призналась, объяснил, "
        "объяснила, заявил, заявила, заявили, подчеркнул, подчеркнула, пошутил, пошутила, поблагодарил, "
        "поблагодарила, сообщил, сообщила, продолжил, продолжила, заключил, заключила, назвал, назвала, "
        "пообещал, пообещала, уточнил, уточнила, вспомнил, вспомнила, по словам, шутит, признается, "
        "признаётся, отмечает, подчеркивает, подчёркивает, рассказывает, добавляет, обратился, "
        "обратилась, призвал, призвала, поздравил, поздравила, пожаловался, пожаловалась, извинился, "
        "извинилась, завершил, завершила, начинается, заканчивается, считает, уверен, уверена, "
        "воскликнул, воскликнула",
        "on": "добавил, добавила, продолжил, продолжила, заключил, заключила, уточнил, уточнила",
        "comment": "прокомментировал, прокомментировала, ответил, ответила, отреагировал, отреагировала",
        "replies": "комментари*",
        "told": "рассказал, рассказала, рассказали",
        "audience": "подписчик*, поклонникам, фанатам",
        "spoken": "интервью, журналистам, журналистами, беседе, разговоре, телефон*, пресс конференци*",
        "press": "радио, эфире, подкаст*, суде, газете, изданию, агентств*",
        "elsewhere": "книге, мемуарах, письме, колонке, отчете",
        "earlier": "тогда, в прошлом году, ранее, лет назад",
        "who": "он, она, они",
        "other": "представител*, пользовател*, поклонник, поклонники, поклонница, фанат*, полици*, эксперт*, "
        "клиент, читатель, свидетель, другой, другая, кто то, оппозици*, один из, одна из, один, "
        "болельщики, врачи, жители, специалист, источник, представители, другие",
        "kin": "друг, подруга, брат, сестра, мать, отец, муж, жена, директор, менеджер, агент, адвокат, сосед, "
        "соседка, коллега, коллеги, тренер, сын, дочь, клуб",
        "the": "этот, эта",
        "own": "его, ее, её, их",
        "work": "фильм*, альбом*, песн*, сингл*, сериал*, книг*, роман, спектакл*, шоу, хит, трек, выставк*, "
        "прозвищ*, клип*",
        "skip": "также, затем, потом, еще, ещё, уже, сам, сама",
    },
    "tr": {
        "post": "yazdı, yazan, yazarak, paylaştı, paylaşan, paylaşarak, tweetledi, notunu düştü, ifadelerini "
        "kullandı, ifadesini kullandı, not düştü, notuyla",
        "place": "instagram, gönderi*, paylaşım*, sosyal medya, tweet*, hesab*, x hesabından, x te, notu",
        "text": "mesaj, mektup",
        "say": "dedi, diyor, söyledi, ekledi, belirtti, açıkladı, duyurdu, anlattı, vurguladı, itiraf etti, "
        "sözleriyle, sordu, teşekkür etti, müjdeledi, dile getirdi, aktardı, kaydetti, şöyle dedi, "
        "seslendi, veda etti, özür diledi",
        "on": "ekledi",
        "comment": "yanıtladı, cevap verdi, yanıt verdi",
        "replies": "yorum*",
        "told": "konuştu, konuşan",
        "audience": "takipçilerine, hayranlarına",
        "spoken": "röportaj*, gazeteci*, basın toplantı*, telefon*",
        "press": "radyo*, televizyon*, dergi*, podcast, mahkeme*",
        "elsewhere": "kitab*, mektup*",
        "earlier": "geçen yıl, geçen ay, daha önce, demişti, yazmıştı",
        "who": "o",
        "other": "takipçisi, takipçi, sözcü*, kullanıcı*, hayranı, hayran, arkadaşı, kardeşi, annesi, babası, eşi, "
        "menajeri, avukatı, polis, uzman, komşusu, bir başka, diğer, biri, birisi, bir diğeri, "
        "taraftarlar, doktorlar, başka bir",
        "a": "bir",
        "work": "dizi*, film*, albüm*, şarkı*, kitap, roman*, oyun, adlı, isimli",
        "skip": "diye, ise, da, de",
    },
    "sv": {
        "post": "skrev, skriver, skrivit, twittrade, twittrar, postade, lade upp, delade, publicerade, publicerar",
        "place": "på x, inlägg, inlägget, bildtexten, sociala medier, tweet, meddelande, inläggets",
        "text": "inlägget, brevet, meddelandet, texten",
        "say": "sa hon, sa han, hon sa, han sa, sade, säger, tillade, tillägger, berättade, berättar, fortsatte, "
        "fortsätter, avslutade, avslutar, skämtade, skämtar, förklarade, förklarar, tackade, tackar, "
        "kallade, kallar, enligt, beskrev, beskriver, menar, anser, konstaterar, konstaterade, avslöjar, "
        "avslöjade, skojar, skojade, hälsar, hälsade, lovar, lovade, medger, medgav, förtydligar, "
        "inleder, inledde, undrar, undrade, hoppas, utbrister, utbrast",
        "on": "tillade, tillägger, fortsatte, fortsätter, avslutade, avslutar",
        "comment": "kommenterade, kommenterar, svarade, svarar",
        "replies": "kommentar, kommentarer, kommentarsfältet",
        "told": "sa till, säger till, berättade för, berättar för",
        "audience": "följare, fans",
        "spoken": "intervju, presskonferens, journalister, telefon",
        "press": "radio, tv, podd, podden, tidningen, domstolen",
        "elsewhere": "bok, mejl, krönika, brev, rapport",
        "earlier": "då, förra året, tidigare, år sedan",
        "who": "han, hon, hen",
        "other": "talesperson, presschef, användare, följare, polisen, expert, annan, någon, en av dem, en annan, "
        "en tredje, fansen, läkare, flera",
        "kin": "vän, bror, syster, mamma, pappa, make, fru, hustru, manager, agent, advokat, granne, kollega, "
        "lagkamrat, tränare, tränaren, son, dotter",
        "a": "en, ett",
        "own": "hans, hennes, sin, sitt, sina, deras",
        "work": "filmen, albumet, låten, singeln, serien, boken, romanen, pjäsen, programmet, föreställningen",
        "skip": "har, hade, också, sedan, även, till, bland annat",
    },
    "da": {
        "post": "skrev, skriver, tvitrede, delte, postede",
        "place": "på x, opslag, opslaget, billedtekst, sociale medier, innlegg, innlegget",
        "text": "opslaget, brevet",
        "say": "siger, sagde, sier, tilføjede, tilføjer, fortsatte, legger til, fortsetter, fortæller, "
        "forteller, fortalte, mener, slutter, sluttede, takker, takkede, afslører, begynder",
        "on": "tilføjede, tilføjer, fortsatte, fortsetter",
        "comment": "kommenterede, kommenterer, svarede, svarer",
        "told": "sagde til, siger til, sier til, fortalte",
        "spoken": "interview, intervju, pressemøde, pressekonferanse",
        "who": "han, hun",
        "other": "talsmand, talskvinde, talsperson",
        "kin": "ven, træner, bror, søster, mor, far",
        "a": "en, et",
        "own": "hans, hendes, sin, sit, sine, deres, hennes",
        "skip": "har, også",
    },
}

# Where words are not parted by spaces, and in Korean, whose verbs end in many ways: looked for as they stand.
UNSPACED: dict[Cue, str] = {
    "post": "とつづ, と綴, と投稿, と記し, と書き, と書い, と報告, と発表し, と呼びかけ, とツイート, と添え, "
    "写道, 寫道, 发文, 發文, 配文, 라고 썼, 라고 적었, 라고 적으, 라는 글",
    "place": "インスタグラム, ツイッター, フェイスブック, キャプション, 投稿, ブログ, 微博, 推特, 贴文, 貼文, "
    "帖子, 인스타그램, 트위터, 페이스북, 게시물",
    "say": "と明か, と感謝, と伝え, と述べ, と続け, と語り, とし, と決意, と冗談, と喜び, 表示, "
    "补充, 補充, 라며, 라고 말",
    "comment": "とコメント, コメント欄, と祝福, の声, 评论, 評論, 留言, 댓글",
    "told": "と話し, と語っ, 라고 말했",
    "spoken": "取材, インタビュー, 会見, 番組, 采访, 採訪, 记者会, 記者會, 인터뷰, 기자회견",
    "other": "ファン, フォロワー, ユーザー, 所属事務所, 関係者, 広報, ネット上, 网友, 網友, 粉丝, 粉絲, "
    "发言人, 누리꾼, 네티즌, 팬들, 소속사",
    "work": "代表曲, 曲, 映画, ドラマ, アルバム, 番組, 小説, 电影, 電影, 专辑, 專輯, 드라마, 영화, 앨범",
}  # fmt: skip


COMMON: dict[str, str] = {
    "en": "the of and to in was with for that is on his her by at from",
    "de": "der die und den das mit von für nicht ist im auf ein eine sich dem",
    "fr": "le les des et du une dans est pour que la un sur qui au par",
    "es": "el los que y en las por con una del la un su al para se",
    "it": "il che di della per è con gli un del la in una al ha si",
    "pt": "o que de do da em os uma não com um no na para ao foi",
    "nl": "de het een van en dat op te zijn voor met is in niet aan ook",
    "pl": "i w na się z do nie że o jest to po od za jak przez",
    "ru": "и в на не что с по он к о из за от для как его",
    "tr": "ve bir bu da de için ile çok ise olarak olan daha ne kadar sonra gibi",
    "sv": "och i att det som en på är av för med till den ett har inte",
    "da": "og i at det som en på er af for med til den et har ikke",
}
"""The words met most often in each language, which name nobody."""
