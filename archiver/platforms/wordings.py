"""Instagram's wordings: what its embed code says around a post, in every language it was printed in.

Sources: embed code and its remains in mirrored pages for most of the languages (`markers.md` §1.6 counts them); memory
of Instagram's interface for ca, eu, gl, bn, ms, sl, tl and the oldest forms of the others. The wording is that of the
day the code was copied: until about February 2017 it says photo or video and posted, then post and shared. Some are
what machine translation makes of the English tail together with its article.
"""

import re

from archiver.platforms.base import Example, Wording

# Turkish glues the genitive behind the parenthesis, mostly without vowel harmony, with either apostrophe.
_TURKISH_GENITIVES = tuple(
    f"{apostrophe}{suffix}" for apostrophe in "'’" for suffix in ("in", "ın", "un", "ün", "nin", "nın", "nun", "nün")
)

INSTAGRAM_WORDINGS = (
    Wording(
        language="en",
        leads=("View this post on Instagram",),
        before=(
            "A post shared by",
            "A photo posted by",
            "A video posted by",
            "A photo shared by",
            "A video shared by",
        ),
        on=("on",),
    ),
    Wording(
        language="es",
        leads=("Ver esta publicación en Instagram", "Ver esta foto en Instagram"),
        before=(
            "Una publicación compartida de",
            "Una publicación compartida por",
            "Una foto publicada por",
            "Un vídeo publicado por",
            "Un video publicado por",
            "Una foto compartida por",
            "Una foto compartida de",
        ),
        on=("el",),
    ),
    Wording(
        language="pt",
        leads=(
            "Ver essa foto no Instagram",
            "Ver esse post no Instagram",
            "Ver este post no Instagram",
            "Ver essa publicação no Instagram",
            "Visualizar esta foto no Instagram",
        ),
        before=(
            "Um post compartilhado por",
            "Uma publicação compartilhada por",
            "Uma postagem compartilhada por",
            "Uma foto publicada por",
            "Um vídeo publicado por",
            "Uma foto compartilhada por",
            "Um vídeo compartilhado por",
        ),
        on=("em",),
    ),
    Wording(
        language="pt-PT",
        leads=("Ver esta publicação no Instagram", "Vê esta publicação no Instagram"),
        before=("Uma publicação partilhada por", "Uma foto partilhada por", "Um vídeo partilhado por"),
        on=("a", "em"),
    ),
    Wording(
        language="fr",
        leads=("Voir cette publication sur Instagram", "Afficher cette publication sur Instagram"),
        before=(
            "Une publication partagée par",
            "Un post partagé par",
            "Une photo publiée par",
            "Une vidéo publiée par",
            "Une photo partagée par",
            "Une vidéo partagée par",
        ),
        on=("le",),
    ),
    Wording(
        language="de",
        leads=("Sieh dir diesen Beitrag auf Instagram an", "Diesen Beitrag auf Instagram ansehen"),
        before=("Ein Beitrag geteilt von", "Ein Foto gepostet von", "Ein Video gepostet von", "Ein Foto geteilt von"),
        on=("am",),
    ),
    Wording(
        language="de",
        before=("Ein von", "Ein durch"),
        after=("gepostetes Foto", "gepostetes Video", "geteiltes Foto", "geteiltes Video", "geteilter Beitrag"),
        on=("am",),
    ),
    Wording(
        language="it",
        leads=("Visualizza questo post su Instagram", "Vedi questo post su Instagram"),
        before=(
            "Un post condiviso da",
            "Una foto pubblicata da",
            "Un video pubblicato da",
            "Una foto condivisa da",
            "Un video condiviso da",
        ),
        on=("in data:", "in data", "il"),
    ),
    Wording(
        language="nl",
        leads=(
            "Dit bericht op Instagram bekijken",
            "Dit bericht bekijken op Instagram",
            "Bekijk dit bericht op Instagram",
        ),
        before=(
            "Een bericht gedeeld door",
            "Een foto die is geplaatst door",
            "Een video die is geplaatst door",
            "Een foto geplaatst door",
            "Een video geplaatst door",
            "Een foto gedeeld door",
        ),
        on=("op",),
    ),
    Wording(
        language="nl",
        before=("Een door",),
        after=("geplaatste foto", "geplaatste video", "gedeeld bericht", "gedeelde foto"),
        on=("op",),
    ),
    Wording(
        language="sv",
        leads=("Visa det här inlägget på Instagram", "Se det här inlägget på Instagram"),
        before=(
            "Ett inlägg delat av",
            "Ett foto publicerat av",
            "Ett foto upplagt av",
            "En bild publicerad av",
            "En video publicerad av",
            "Ett videoklipp publicerat av",
            "Ett foto delat av",
        ),
        on=("den",),
    ),
    Wording(
        language="da",
        leads=("Vis dette opslag på Instagram", "Se dette opslag på Instagram"),
        before=(
            "Et opslag delt af",
            "Et billede slået op af",
            "Et foto slået op af",
            "En video slået op af",
            "Et billede delt af",
            "Et billede lagt op af",
            "Et foto delt af",
        ),
        on=("den",),
    ),
    Wording(
        language="nb",
        leads=("Vis dette innlegget på Instagram", "Se dette innlegget på Instagram"),
        before=(
            "Et innlegg delt av",
            "Et bilde publisert av",
            "Et bilde lagt ut av",
            "En video publisert av",
            "En video lagt ut av",
            "Et bilde delt av",
        ),
        on=("den",),
    ),
    Wording(
        language="fi",
        leads=("Näytä tämä julkaisu Instagramissa.", "Näytä tämä julkaisu Instagramissa"),
        before=("Henkilön", "Käyttäjän"),
        after=("jakama julkaisu", "julkaisema kuva", "julkaisema video", "jakama kuva", "jakama video"),
    ),
    Wording(language="fi", after=("jakama julkaisu", "julkaisema kuva", "julkaisema video")),
    Wording(
        language="pl",
        leads=("Wyświetl ten post na Instagramie",),
        before=(
            "Post udostępniony przez użytkownika",
            "Post udostępniony przez",
            "Zdjęcie zamieszczone przez użytkownika",
            "Film zamieszczony przez użytkownika",
            "Zdjęcie opublikowane przez użytkownika",
            "Film opublikowany przez użytkownika",
            "Zdjęcie opublikowane przez",
            "Film opublikowany przez",
        ),
    ),
    Wording(
        language="cs",
        leads=("Zobrazit příspěvek na Instagramu", "Zobrazit tento příspěvek na Instagramu"),
        before=(
            "Příspěvek sdílený uživatelem",
            "Příspěvek sdílený",
            "Fotka zveřejněná uživatelem",
            "Fotka zveřejněna uživatelem",
            "Fotka, kterou zveřejnil uživatel",
            "Video zveřejněné uživatelem",
            "Video zveřejněno uživatelem",
        ),
        on=("dne",),
    ),
    Wording(
        language="sk",
        leads=("Zobraziť tento príspevok na Instagrame", "Zobraziť príspevok na Instagrame"),
        before=(
            "Príspevok, ktorý zdieľa používateľ",
            "Príspevok, ktorý zdieľa",
            "Príspevok zdieľaný používateľom",
            "Fotka zverejnená používateľom",
            "Fotka, ktorú zverejnil používateľ",
            "Video zverejnené používateľom",
        ),
        on=("dňa",),
    ),
    Wording(
        language="hu",
        leads=("A bejegyzés megtekintése az Instagramon",),
        after=(
            "által megosztott bejegyzés",
            "által közzétett fénykép",
            "által közzétett fotó",
            "által közzétett videó",
            "által megosztott fénykép",
            "által megosztott videó",
        ),
        on=("időpont:", "ekkor:"),
    ),
    Wording(
        language="hr",
        leads=(
            "Pogledajte ovu objavu na Instagramu.",
            "Pogledajte ovu objavu na Instagramu",
            "Prikaži ovu objavu na Instagramu",
        ),
        before=(
            "Objavu dijeli korisnik",
            "Objavu dijeli",
            "Objava koju dijeli",
            "Fotografiju objavljuje korisnik",
            "Fotografiju objavljuje",
            "Fotografija koju objavljuje",
            "Videozapis koji objavljuje",
            "Videozapis objavljuje korisnik",
        ),
        on=("dana",),
    ),
    Wording(
        language="sr",
        leads=("Погледајте ову објаву у апликацији Instagram", "Погледај ову објаву у апликацији Instagram"),
        before=("Објава коју дели", "Фотографија коју објављује", "Видео који објављује", "Слика коју објављује"),
        on=("дана",),
    ),
    Wording(
        language="sr-Latn",
        leads=("Pogledajte ovu objavu u aplikaciji Instagram", "Pogledaj ovu objavu u aplikaciji Instagram"),
        before=("Objava koju deli", "Fotografija koju objavljuje korisnik", "Video koji objavljuje"),
        on=("dana",),
    ),
    Wording(
        language="sl",
        leads=("Oglejte si to objavo na Instagramu", "Poglejte to objavo na Instagramu"),
        before=("Objava, ki jo deli", "Objava, ki jo je delil", "Objavo deli", "Objavo je delil/-a"),
        on=("dne",),
    ),
    Wording(
        language="bg",
        leads=("Вижте тази публикация в Instagram.", "Вижте тази публикация в Instagram"),
        before=("Публикация, споделена от", "Снимка, публикувана от", "Видео, публикувано от", "Снимка, споделена от"),
        on=("на",),
    ),
    Wording(
        language="ro",
        leads=(
            "Vizualizați această postare pe Instagram.",
            "Vizualizați această postare pe Instagram",
            "Vezi această postare pe Instagram",
        ),
        before=(
            "O postare distribuită de",
            "O postare partajată de",
            "O fotografie postată de",
            "O fotografie publicată de",
            "O fotografie distribuită de",
            "Un videoclip publicat de",
            "Un videoclip postat de",
        ),
        on=("pe", "la"),
    ),
    Wording(
        language="tr",
        leads=(
            "Bu gönderiyi Instagram'da gör",
            "Bu gönderiyi Instagram’da gör",
            "Bu gönderiyi Instagram'da görüntüle",
        ),
        after=tuple(
            f"{genitive} paylaştığı bir {what}"
            for genitive in _TURKISH_GENITIVES
            for what in ("gönderi", "fotoğraf", "video")
        )
        + tuple(
            f"tarafından {how} bir {what}"
            for how in ("paylaşılan", "gönderilen", "yayınlanan")
            for what in ("gönderi", "fotoğraf", "video")
        ),
        on=("(",),
    ),
    Wording(
        language="ru",
        leads=("Посмотреть эту публикацию в Instagram",),
        before=(
            "Публикация от",
            "Фото опубликовано",
            "Видео опубликовано",
            "Фотография опубликована",
            "Фото размещено",
            "Публикация пользователя",
            "Публикация, которой поделился",
            "Публикация, которой поделилась",
            "Пост, которым поделился",
            "Сообщение, опубликованное",
        ),
    ),
    Wording(
        language="uk",
        leads=("Переглянути цей допис в Instagram", "Переглянути цей допис у Instagram"),
        before=(
            "Допис, поширений",
            "Допис, яким поділився",
            "Допис, яким поділилася",
            "Світлина, опублікована",
            "Фото, опубліковане",
            "Відео, опубліковане",
            "Публікація від",
            "Публікація, якою поділився",
            "Публікація, поширена",
            "Допис, опублікований",
        ),
    ),
    Wording(
        language="el",
        leads=("Δείτε αυτή τη δημοσίευση στο Instagram.", "Δείτε αυτή τη δημοσίευση στο Instagram"),
        before=(
            "Η δημοσίευση κοινοποιήθηκε από το χρήστη",
            "Η δημοσίευση κοινοποιήθηκε από τον χρήστη",
            "Η δημοσίευση κοινοποιήθηκε από",
            "Δημοσίευση που κοινοποιήθηκε από",
            "Μια δημοσίευση που κοινοποίησε ο χρήστης",
            "Μια δημοσίευση που κοινοποιήθηκε από",
            "Μια ανάρτηση που κοινοποιήθηκε από",
            "Η φωτογραφία δημοσιεύτηκε από το χρήστη",
            "Το βίντεο δημοσιεύτηκε από το χρήστη",
        ),
        on=("στις",),
    ),
    Wording(
        language="ar",
        leads=("عرض هذا المنشور على Instagram", "عرض هذا المنشور على انستغرام"),
        before=(
            "تمت مشاركة منشور بواسطة",
            "تمت مشاركة المنشور بواسطة",
            "منشور تمت مشاركته بواسطة",
            "منشور تم مشاركته بواسطة",
            "منشور شاركه",
            "منشور شاركته",
            "تم نشر صورة بواسطة",
            "تم نشر فيديو بواسطة",
            "صورة نشرها",
            "فيديو نشره",
        ),
        on=("في", "بتاريخ"),
    ),
    Wording(
        language="he",
        leads=(
            "להצגת הפוסט הזה ב-Instagram",
            "הצג את הפוסט הזה ב-Instagram",
            "להצגת הפוסט הזה באינסטגרם",
            "הצג את הפוסט הזה באינסטגרם",
        ),
        before=(
            "פוסט משותף על ידי",
            "פוסט ששותף על ידי",
            "פוסט שהועלה על ידי",
            "תמונה שפורסמה על ידי",
            "סרטון שפורסם על ידי",
        ),
        on=("ב-", "בתאריך"),
    ),
    Wording(
        language="fa",
        leads=("مشاهده این پست در Instagram", "این پست را در Instagram ببینید", "مشاهده این پست در اینستاگرام"),
        before=("پستی که توسط", "عکسی که توسط", "ویدیویی که توسط"),
        after=("به اشتراک گذاشته شد", "به اشتراک گذاشته شده است", "پست شد", "به اشتراک گذاشته شده"),
        on=("در",),
    ),
    Wording(
        language="fa",
        before=("پست به اشتراک گذاشته شده توسط", "یک پست به اشتراک گذاشته شده توسط"),
        on=("در",),
    ),
    Wording(
        language="hi",
        leads=("इस पोस्ट को Instagram पर देखें", "Instagram पर यह पोस्ट देखें", "यह पोस्ट Instagram पर देखें"),
        after=(
            "द्वारा साझा की गई पोस्ट",
            "द्वारा साझा की गई एक पोस्ट",
            "द्वारा शेयर की गई एक पोस्ट",
            "द्वारा शेयर की गई पोस्ट",
            "द्वारा पोस्ट की गई फ़ोटो",
            "द्वारा पोस्ट किया गया वीडियो",
            "की शेयर की गई पोस्ट",
        ),
    ),
    Wording(
        language="bn",
        leads=("Instagram-এ এই পোস্টটি দেখুন", "এই পোস্টটি Instagram-এ দেখুন"),
        after=(
            "এর শেয়ার করা একটি পোস্ট",
            "-এর শেয়ার করা একটি পোস্ট",
            "দ্বারা শেয়ার করা একটি পোস্ট",
            "এর শেয়ার করা পোস্ট",
        ),
    ),
    Wording(
        language="th",
        leads=("ดูโพสต์นี้บน Instagram",),
        before=("โพสต์ที่แชร์โดย", "โพสต์ที่แบ่งปันโดย", "รูปภาพที่โพสต์โดย", "รูปภาพโพสต์โดย", "วิดีโอที่โพสต์โดย"),
        on=("เมื่อ",),
    ),
    Wording(
        language="vi",
        leads=("Xem bài viết này trên Instagram",),
        before=("Bài viết do", "Bài đăng do", "Một bài viết do", "Ảnh do", "Một ảnh do", "Video do", "Một video do"),
        after=("chia sẻ", "đăng", "đã chia sẻ", "đã đăng"),
        on=("vào lúc", "vào"),
    ),
    Wording(
        language="vi",
        before=(
            "Bài viết được chia sẻ bởi",
            "Một bài viết được chia sẻ bởi",
            "Bài đăng được chia sẻ bởi",
            "Một bài đăng được chia sẻ bởi",
        ),
        on=("vào lúc", "vào"),
    ),
    Wording(
        language="id",
        leads=("Lihat postingan ini di Instagram", "Lihat kiriman ini di Instagram"),
        before=(
            "Sebuah kiriman dibagikan oleh",
            "Sebuah kiriman yang dibagikan oleh",
            "Postingan dibagikan oleh",
            "Sebuah postingan dibagikan oleh",
            "Sebuah postingan yang dibagikan oleh",
            "Foto kiriman",
            "Video kiriman",
            "Sebuah foto dikirim oleh",
            "Sebuah foto diposting oleh",
            "Sebuah video diposting oleh",
        ),
        on=("pada",),
    ),
    Wording(
        language="ms",
        leads=("Lihat siaran ini di Instagram", "Lihat kiriman ini pada Instagram"),
        before=(
            "Siaran dikongsi oleh",
            "Siaran yang dikongsi oleh",
            "Satu siaran dikongsi oleh",
            "Satu kiriman dikongsi oleh",
            "Kiriman dikongsi oleh",
            "Foto disiarkan oleh",
            "Video disiarkan oleh",
        ),
        on=("pada",),
    ),
    Wording(
        language="tl",
        leads=("Tingnan ang post na ito sa Instagram",),
        before=(
            "Isang post na ibinahagi ni",
            "Isang post na ibinahagi ng",
            "Post na ibinahagi ni",
            "Larawang na-post ni",
            "Isang larawang ipinost ni",
            "Video na na-post ni",
        ),
        on=("noong", "nang"),
    ),
    Wording(
        language="ja",
        leads=("この投稿をInstagramで見る", "この投稿をInstagramで表示", "Instagramでこの投稿を見る"),
        after=(
            "がシェアした投稿",
            "が投稿した写真",
            "が投稿した動画",
            "がシェアした写真",
            "がシェアした動画",
            "が共有した投稿",
        ),
        on=("-", "–", "—"),
    ),
    # Instagram's own slip: the particle 님 once more where the date is joined (`…게시물님, 2019 6월 9`).
    Wording(
        language="ko",
        leads=("Instagram에서 이 게시물 보기",),
        after=(
            "님의 공유 게시물",
            "님이 공유한 게시물",
            "이 공유한 게시물",
            "가 공유한 게시물",
            "님이 게시한 사진",
            "님이 게시한 동영상",
            "님의 공유 사진",
        ),
        on=("님,",),
    ),
    Wording(
        language="zh-TW",
        leads=("在 Instagram 查看這則貼文", "在 Instagram 查看此帖子", "在 Instagram 檢視這則貼文"),
        after=(
            "分享的貼文",
            "分享的相片",
            "分享的影片",
            "張貼的相片",
            "張貼的影片",
            "發佈的相片",
            "發佈的影片",
            "張貼的貼文",
        ),
        on=("於", "- "),
    ),
    Wording(
        language="zh-CN",
        leads=("在 Instagram 查看这篇帖子", "在 Instagram 上查看这篇帖子", "查看 Instagram 上的这篇帖子"),
        after=("分享的帖子", "分享的照片", "分享的视频", "发布的照片", "发布的视频", "发布的帖子"),
        on=("于", "在"),
    ),
    # Only machine translation has this.
    Wording(language="zh-CN", before=("由",), after=("分享的帖子", "分享的贴文", "发布的照片", "发布的视频")),
    Wording(language="zh-TW", before=("由",), after=("分享的貼文", "發佈的貼文", "張貼的相片")),
    Wording(
        language="ca",
        leads=("Mostra aquesta publicació a Instagram", "Veure aquesta publicació a Instagram"),
        before=(
            "Una publicació compartida per",
            "Una publicació compartida de",
            "Una foto publicada per",
            "Un vídeo publicat per",
        ),
        on=("el",),
    ),
    Wording(
        language="gl",
        leads=("Ver esta publicación en Instagram",),
        before=("Unha publicación compartida por", "Unha publicación compartida de", "Unha foto publicada por"),
        on=("o",),
    ),
    Wording(
        language="eu",
        leads=("Ikusi argitalpen hau Instagramen",),
        after=("(e)k partekatutako argitalpena", "erabiltzaileak partekatutako argitalpena"),
    ),
)

# An example a paragraph: language and posted at, then the source with the name and the printed date in braces.
_EXAMPLES = """
en 2020-10-02T11:16Z
View this post on Instagram
A post shared by {Ines Okafor} (@ines.okafor) on {Oct 2, 2020 at 4:16am PDT}

es 2015-06-08
Una foto publicada por {Tienda Sol y Sal.} (@solysal_tienda) el {8 de Jun de 2015 a la(s) 11:41 PDT}

es 2014-11-11
Una foto publicada por {Tienda Sol y Sal.} (@solysal_tienda) on {Nov 11, 2014 at 6:00 PST}

es 2019-06-12
Ver esta publicación en Instagram
Una publicación compartida de {Rita Cabo} (@rita.cabo) el {12 Jun, 2019 a las 6:27 PDT}

pt 2019-08-09
Ver essa foto no Instagram
Uma publicação compartilhada por {Maré Alta | Surf} (@mare_alta) em {9 de Ago, 2019 às 5:32 PDT}

pt-PT 2020-03-03
Ver esta publicação no Instagram
Uma publicação partilhada por {Cais do Vento} (@caisdovento) a {3 de Mar, 2020 às 11:20 PST}

fr 2020-07-11
Voir cette publication sur Instagram
Une publication partagée par {Le Phare} (@lephare.nord) le {11 Juil. 2020 à 7 :26 PDT}

fr 2017-02-09T15:12Z
Une photo publiée par {Marin d'Eau} (@marindeau) le {9 Févr. 2017 à 7h12 PST}

de 2018-03-06
Sieh dir diesen Beitrag auf Instagram an
Ein Beitrag geteilt von {Mara Lind} (@mara.lind) am {Mär 6, 2018 um 10:21 PDT}

de 2016-05-04T15:17Z
Ein von {Mara Lind} (@mara.lind) gepostetes Foto am {4. Mai 2016 um 8:17 Uhr}

it 2015-06-08T14:24Z
Una foto pubblicata da {Porto Nord} (@portonord) in data: {8 Giu 2015 alle ore 07:24 PDT}

it 2020-05-11
Visualizza questo post su Instagram
Un post condiviso da {Porto Nord} (@portonord) in data: {11 Mag 2020 alle ore 8:32 PDT}

nl 2020-10-09
Dit bericht op Instagram bekijken
Een bericht gedeeld door {Havenkoor} (@havenkoor) op {9 Okt 2020 om 5:27 (PDT)}

nl 2016-03-03T08:16Z
Een door {Havenkoor} (@havenkoor) geplaatste foto op {3 Mrt 2016 om 0:16 PST}

sv 2019-05-07
Visa det här inlägget på Instagram
Ett inlägg delat av {Kajens Kör} (@kajens_kor) den {7 Maj 2019 kl. 3:05 PDT}

da 2018-08-09
Vis dette opslag på Instagram
Et opslag delt af {Havnens Kor} (@havnenskor) den {9. Aug, 2018 kl. 6.12 PDT}

nb 2018-10-02
Vis dette innlegget på Instagram
Et innlegg delt av {Bryggekoret} (@bryggekoret) den {2. Okt. 2018 kl. 4.16 PDT}

fi 2019-12-05
Näytä tämä julkaisu Instagramissa.
Henkilön {Aino Laituri} (@aino.laituri) jakama julkaisu {Joulu 5, 2019 kello 10.24 PST}

fi undated
{Aino Laituri} (@aino.laituri) jakama julkaisu

pl 2017-09-06
Wyświetl ten post na Instagramie
Post udostępniony przez {Chór Portowy} (@chor_portowy) {Wrz 6, 2017 o 2:14 PDT}

cs 2018-09-02
Zobrazit příspěvek na Instagramu
Příspěvek sdílený {Jana Přístavní} (@jana.pristavni), {Zář 2, 2018 v 4:16 PDT}

sk undated
Zobraziť tento príspevok na Instagrame
Príspevok, ktorý zdieľa {Jana Prístavná} (@jana.pristavna)

hu 2020-04-07
A bejegyzés megtekintése az Instagramon
{Kikötői Kórus} (@kikotoi_korus) által megosztott bejegyzés, {Ápr 7., 2020, időpont: 2:36 (PDT időzóna szerint)}

hr 2018-09-08
Pogledajte ovu objavu na Instagramu.
Objavu dijeli {Lučki Zbor} (@luckizbor) dana {8. Ruj 2018. u 7:14 PDT}

sr 2018-05-08
Погледајте ову објаву у апликацији Instagram
Објава коју дели {Лучки хор?} (@lucki_hor) дана {8. Мај 2018. у 7:14 PDT}

sr-Latn 2018-04-09
Pogledajte ovu objavu u aplikaciji Instagram
Objava koju deli {Lučki hor} (@lucki_hor) dana {9. Apr 2018. u 3:12 PDT}

sl undated
Oglejte si to objavo na Instagramu
Objava, ki jo deli {Pristaniški zbor} (@pristanzbor)

bg 2019-07-09
Вижте тази публикация в Instagram.
Публикация, споделена от {Пристанищен хор} (@pristanhor) на {Юли 9, 2019 в 8:43 PDT}

bg undated
Публикация, споделена от {Пристанищен хор} (@pristanhor) на %месец %-ден, %година в 4:16 PDT

ro 2019-06-09
Vizualizați această postare pe Instagram
O postare distribuită de {Corul Portului} (@corulportului) pe {Iun 9, 2019 la 8:43 PDT}

tr 2018-06-28T21:13Z
Bu gönderiyi Instagram'da gör
{Liman Korosu} (@limankorosu)'in paylaştığı bir gönderi ({28 Haz, 2018, 2:13ös PDT})

ru 2018-08-09
Посмотреть эту публикацию в Instagram
Публикация от {ХОР В ГАВАНИ} (@hor.gavan) {9 Авг 2018 в 7:31 PDT}

ru 2018-12-06
Публикация от {ХОР В ГАВАНИ} (@hor.gavan) {Дек 6, 2018 at 2:15 PST}

uk undated
Переглянути цей допис в Instagram
Допис, поширений {Хор гавані | Одеса} (@hor_gavani)

el 2018-10-02T23:16Z
Δείτε αυτή τη δημοσίευση στο Instagram.
Η δημοσίευση κοινοποιήθηκε από το χρήστη {Χορωδία} (@xorodia.limani) στις {Οκτ 2, 2018 στις 4:16μ.μ. PDT}

el 2018-10-02T11:16Z
Η δημοσίευση κοινοποιήθηκε από το χρήστη {Χορωδία} (@xorodia.limani) στις {2 Οκτ, 2018 στις 4:16 πμ PDT}

ar 2018-10-02T23:16Z
عرض هذا المنشور على Instagram
تمت مشاركة منشور بواسطة {كورال الميناء} (@coral.mina) في {٢ أكتوبر، ٢٠١٨ الساعة ٤:١٦م PDT}

he undated
הצג את הפוסט הזה באינסטגרם
פוסט משותף על ידי {מקהלת הנמל} (@hanamal.choir)

fa 2018-10-02
پستی که توسط {گروه بندر} (@bandar.choir) به اشتراک گذاشته شد در {۲ اکتبر ۲۰۱۸}

hi undated
इस पोस्ट को Instagram पर देखें
{बंदरगाह मंडली} (@bandargah.choir) द्वारा साझा की गई पोस्ट

bn undated
{বন্দর দল} (@bondor.dol) এর শেয়ার করা একটি পোস্ট

th 2018-07-09T14:21Z
ดูโพสต์นี้บน Instagram
โพสต์ที่แชร์โดย {Choir BKK} (@choir_bkk) เมื่อ {ก.ค. 9, 2018 เวลา 7:21am PDT}

vi 2018-10-02T23:16Z
Xem bài viết này trên Instagram
Bài viết do {Hợp Xướng Cảng} (@hopxuongcang) chia sẻ vào {Thg 10 2, 2018 lúc 4:16 CH PDT}

id 2018-03-09
Lihat postingan ini di Instagram
Sebuah kiriman dibagikan oleh {Paduan Dermaga (PD)} (@paduan.dermaga) pada {9 Mar 2018 jam 4:17 PDT}

ms undated
Lihat siaran ini di Instagram
Siaran dikongsi oleh {Koir Jeti} (@koir.jeti)

tl undated
Tingnan ang post na ito sa Instagram
Isang post na ibinahagi ni {Koro sa Daungan} (@koro.daungan)

ja undated
この投稿をInstagramで見る
{港の合唱団}(@minato.gassho)がシェアした投稿

ja 2018-09-14T15:07Z
{Minato}さん(@minato.gassho)がシェアした投稿 - {2018年 9月月14日午前8時07分PDT}

ja 2016-04-13T02:31Z
{港の合唱団}さん(@minato.gassho)が投稿した写真 - {2016 4月 12 7:31午後 PDT}

ja undated
この投稿をInstagram…

ko 2019-06-09T14:31Z
Instagram에서 이 게시물 보기
{항구 합창단}(@hanggu.choir)님의 공유 게시물님, {2019 6월 9 7:31오전 PDT}

zh-TW 2019-02-03T05:06Z
在 Instagram 查看這則貼文
{港口合唱團－L.C}（@gangkou._.choir）分享的貼文 於 {PST 2019 年 2月 月 2 日 下午 9:06}

zh-CN undated
在 Instagram 查看这篇帖子
{港口合唱团}（@gangkou.hechang）分享的帖子

zh-CN undated
由 {Ines Okafor}（@ines.okafor）分享的帖子

ca 2018-10-02
Mostra aquesta publicació a Instagram
Una publicació compartida per {Cor del Port} (@cordelport) el {2 d'Oct, 2018 a les 4:16 PDT}

gl undated
Unha publicación compartida por {Coro do Porto} (@corodoporto)

eu undated
Ikusi argitalpen hau Instagramen
{Portuko Abesbatza} (@portuko.abesbatza)(e)k partekatutako argitalpena
"""


def _example(paragraph: str) -> Example:
    head, _, marked = paragraph.partition("\n")
    language, posted_at = head.split()
    source = marked.replace("{", "").replace("}", "")
    in_braces = re.findall(r"\{([^}]+)\}", marked)
    handle = re.search(r"@([\w.]+)", source)
    return Example(
        format="text",
        source=source,
        expect={
            "marker": source,
            "language": language,
            "author_name": in_braces[0] if in_braces else None,
            "handle": handle[1] if handle else None,
            "posted_text": in_braces[1] if in_braces[1:] else None,
            "posted_at": None if posted_at == "undated" else posted_at,
        },
    )


INSTAGRAM_WORDED_EXAMPLES = tuple(_example(paragraph) for paragraph in _EXAMPLES.strip().split("\n\n"))
