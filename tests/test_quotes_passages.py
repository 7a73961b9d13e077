"""Quoted passages beside an embed: which are taken for the post's, by what the article says around them."""

import pytest

from archiver.find import find_embeds
from archiver.quotes import accept, find_passages
from archiver.records import Format, Passage

POST = "A post shared by Nadia Orrin (@nadia_orrin) on Oct 4, 2020 at 11:48am PDT"


def accepted(source: str, form: Format = "text") -> list[Passage]:
    """The passages of a source that are taken, going by the article alone."""
    return [each for each in find_passages(source, form, find_embeds(source, form)) if accept(each, None)]


# What stands above the embed of a post by Nadia Orrin, with the passages that are hers between ⟦ and ⟧.
OURS = [
    ("en", "Nadia Orrin wrote: “⟦We lost the boat, not the crew.⟧”"),
    ("en", "“⟦We lost the boat, not the crew,⟧” Orrin wrote on Instagram."),
    ("en", "The skipper took to Instagram on Sunday. “⟦We lost the boat, not the crew,⟧” she said."),
    ("en", "“⟦We lost the boat,⟧” she captioned the photo, “⟦not the crew.⟧”"),
    ("en", "Orrin called it “⟦the worst night of our lives⟧” in her post."),
    ("en", "Nadia wrote that the crew were “⟦cold, wet and singing⟧” when they were found."),
    ("en", "The caption reads: '⟦We lost the boat, not the players' bags.⟧'"),
    ("en", "Orrin told her followers: \"⟦We lost the boat. She said 'no more' and sank.⟧\""),
    ("de", "„⟦Wir haben das Boot verloren, nicht die Crew⟧“, schrieb Orrin auf Instagram."),
    ("de", "Auf Instagram schrieb die Seglerin: »⟦Wir haben das Boot verloren, nicht die Crew.⟧«"),
    ("de", "Nadia Orrin postete ein Bild vom Hafen. Dazu schrieb sie: „⟦Das Boot ist weg, wir sind noch da.⟧“"),
    ("fr", "« ⟦On a perdu le bateau, pas l'équipage⟧ », a écrit Nadia Orrin sur Instagram."),
    ("fr", "Dans sa publication, la navigatrice se dit « ⟦fière de son équipage et de ses mouettes⟧ »."),
    ("fr", "“⟦On a perdu le bateau⟧”, a-t-elle posté dimanche, avant d'ajouter : “⟦L'équipage va bien.⟧”"),
    ("es", "«⟦Hemos perdido el barco, no la tripulación⟧», escribió Orrin en Instagram."),
    ("es", "La navegante compartió una foto del puerto y escribió: “⟦Hemos perdido el barco, no la tripulación⟧”."),
    ("it", "«⟦Abbiamo perso la barca, non l'equipaggio⟧», ha scritto Nadia Orrin su Instagram."),
    ("it", "La velista ha postato una foto del porto con la didascalia: “⟦Abbiamo perso la barca, non l'equipaggio⟧”."),
    ("pt", "“⟦Perdemos o barco, não a tripulação⟧”, escreveu Orrin no Instagram."),
    ("pt", "Na legenda da foto, a velejadora disse: “⟦Perdemos o barco, não a tripulação⟧”."),
    ("nl", "“⟦We zijn de boot kwijt, niet de bemanning⟧”, schreef Nadia Orrin op Instagram."),
    ("nl", "De zeilster deelde een foto van de haven met de tekst: ‘⟦We zijn de boot kwijt, niet de bemanning.⟧’"),
    ("pl", "„⟦Straciliśmy łódź, nie załogę⟧” – napisała Nadia Orrin na Instagramie."),
    ("pl", "Żeglarka dodała w opisie zdjęcia: „⟦Straciliśmy łódź, nie załogę⟧”."),
    ("ru", "«⟦Мы потеряли лодку, но не команду⟧», — написала Nadia Orrin в инстаграме."),
    ("ru", "Яхтсменка опубликовала снимок и подписала его: «⟦Мы потеряли лодку, но не команду⟧»."),
    ("tr", "Nadia Orrin, Instagram hesabından “⟦Tekneyi kaybettik, ekibi değil⟧” diye yazdı."),
    ("sv", "”⟦Vi förlorade båten, inte besättningen⟧”, skriver Nadia Orrin på Instagram."),
    ("sv", "Seglaren skrev i sitt inlägg: »⟦Vi förlorade båten, inte besättningen⟧»."),
    ("da", "»⟦Vi mistede båden, ikke mandskabet⟧«, skriver Nadia Orrin på Instagram."),
    ("ja", "Nadia Orrinさんはインスタグラムで「⟦船は失いましたが、仲間は全員無事です⟧」とつづった。"),
    ("zh", "Nadia Orrin在Instagram发文写道：“⟦我们失去了船，但没有失去船员⟧”。"),
]
THEIRS = [
    ("en", "“It was a miracle,” a spokesman for Orrin said."),
    ("en", "“It was a miracle,” her brother Tom wrote on Instagram."),
    ("en", "Orrin told the Harbour Gazette: “I will buy another boat.”"),
    ("en", "“I will buy another boat,” Orrin said in an interview on Monday."),
    ("en", "Asked about the boat by reporters, Orrin said it was “only wood”."),
    ("en", "“So glad you are safe!” one fan wrote beneath the picture."),
    ("en", "Commenting on Orrin's post, sailor Max Tarrant wrote: “Told you so.”"),
    ("en", "Orrin, whose film “The Long Tide” opens in May, posted a picture."),
    ("en", "Orrin shared a clip of her single “Harbour Lights” on Instagram."),
    ("en", "Orrin posted a picture of the so-called “boat” on Instagram."),
    ("en", "In her memoir, Orrin wrote: “The sea owes me nothing.”"),
    ("en", "Nadia Orrin is back on land. Coastguard officer Ian Pell tweeted: “All safe, one dog included.”"),
    ("de", "„Ein Wunder“, sagte der Sprecher der Küstenwache."),
    ("de", "„Ich kaufe ein neues Boot“, sagte Orrin im Interview mit dem „Hafenkurier“."),
    ("de", "„Zum Glück seid ihr heil“, schrieb ein Fan unter das Foto."),
    ("fr", "« C'est un miracle », a déclaré son frère à la presse."),
    ("fr", "« J'achèterai un autre bateau », a confié Orrin dans un entretien au Courrier du Port."),
    ("es", "«Es un milagro», comentó un usuario."),
    ("es", "«Compraré otro barco», dijo Orrin en una entrevista con Radio Puerto."),
    ("it", "«È un miracolo», ha commentato un utente."),
    ("pt", "“É um milagre”, comentou um seguidor."),
    ("nl", "“Een wonder”, zei een woordvoerder van de kustwacht."),
    ("pl", "„To cud” – powiedział rzecznik straży."),
    ("ru", "«Это чудо», — рассказал журналистам её брат."),
    ("tr", "Bir takipçisi “Geçmiş olsun” yorumunu yaptı."),
    ("sv", "”Ett mirakel”, säger hennes bror till tidningen."),
    ("ja", "ファンからは「無事でよかった」との声が上がった。"),
]


def labelled(text: str) -> tuple[str, list[str]]:
    """A text without its labels, and what they hold."""
    parts = text.replace("⟧", "⟦").split("⟦")
    return "".join(parts), parts[1::2]


@pytest.mark.parametrize(("language", "text"), OURS)
@pytest.mark.parametrize("shape", ["{0}\n\n{1}", "{1}\n\n{0}"])
def test_the_words_of_a_post_are_taken(language: str, text: str, shape: str) -> None:
    """What an article says to stand in the post is taken, above the embed or below it."""
    plain, wanted = labelled(text)
    assert [each.text for each in accepted(shape.format(plain, POST))] == wanted


@pytest.mark.parametrize(("language", "text"), THEIRS)
@pytest.mark.parametrize("shape", ["{0}\n\n{1}", "{1}\n\n{0}"])
def test_the_words_of_others_are_left(language: str, text: str, shape: str) -> None:
    """What somebody else says, what is said elsewhere, and what is only a name, is not taken."""
    assert accepted(shape.format(text, POST)) == []


@pytest.mark.parametrize("fence", ["+++", "---"])
def test_front_matter_is_no_prose(fence: str) -> None:
    """What stands in quotation marks there is a value, whoever wrote it."""
    values = 'title = "Nadia Orrin wrote"\ninstagram = "nadia_orrin posted" \n'
    source = f"{fence}\n{values}{fence}\n\nThe boat sank.\n\n{POST}\n"
    assert find_passages(source, "markdown", find_embeds(source, "markdown")) == []
