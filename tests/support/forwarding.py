"""How mail programs write what they forward, in many languages: one message in their hands."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from storage.domain.people import Address

ADA = Address("ada.bell@lofts.example", "Ada Bell")
SENDER = "Ada Bell <ada.bell@lofts.example>"
RECIPIENT = "bev@singers.example"
COPIED = "Cy Rowe <cy@rowe.example>, dee@rowe.example"
SUBJECT = "Warm lofts for pigeons"
BODY = "Pigeons come home in winter too.\n\nWould a warm loft help them?\n\nAda"


class Tongue(NamedTuple):
    """The words of a program in one language: labels, separator, lead, a moment."""

    sender: str
    date: str
    to: str
    copy: str
    subject: str
    separator: str
    lead: str
    moment: str


TONGUES = {
    line.split("/", 1)[0]: Tongue(*line.split("/")[1:])
    for line in (
        "cs/Od/Odesláno/Komu/Kopie/Předmět/Přeposlaná zpráva/Začátek přeposílané zprávy"
        "/středa 3. listopadu 2021 15:51",
        "da/Fra/Sendt/Til/Cc/Emne/Videresendt meddelelse/Start på videresendt besked"
        "/3. november 2021 15:51",
        "de/Von/Gesendet/An/Kopie (CC)/Betreff/Weitergeleitete Nachricht"
        "/Anfang der weitergeleiteten E-Mail/Mittwoch, 3. November 2021, 15:51:30 MEZ",
        "en/From/Sent/To/Cc/Subject/Forwarded Message/Begin forwarded message"
        "/3 November 2021 at 15:51:30 GMT",
        "es/De/Enviado el/Para/CC/Asunto/Mensaje reenviado/Inicio del mensaje reenviado"
        "/miércoles, 3 de noviembre de 2021 15:51",
        "et/Kellelt/Saadetud/Kellele/Koopia/Teema/Edastatud kiri/Edastatud kiri"
        "/kolmapäev, 3. november 2021 15:51",
        "fi/Lähettäjä/Lähetetty/Vastaanottaja/Kopio/Aihe/Välitetty viesti/Välitetty viesti alkaa"
        "/keskiviikko 3. marraskuuta 2021 15.51",
        "fr/De /Envoyé /À /Cc /Objet /Message transféré/Début du message réexpédié"
        "/mercredi 3 novembre 2021 15:51",
        "el/Από/Στάλθηκε/Προς/Κοιν./Θέμα/Προωθημένο μήνυμα/Αρχή προωθημένου μηνύματος"
        "/Τετάρτη, 3 Νοεμβρίου 2021 15:51",
        "hr/Šalje/Datum/Prima/Kopija/Predmet/Proslijeđena poruka/Početak proslijeđene poruke"
        "/3. studenoga 2021. u 15:51:30 CET",
        "hu/Feladó/Elküldve/Címzett/Másolatot kap/Tárgy/Továbbított üzenet"
        "/Továbbított levél kezdete/2021. november 3., szerda 15:51",
        "it/Da/Inviato/A/Cc/Oggetto/Messaggio inoltrato/Inizio messaggio inoltrato"
        "/mercoledì 3 novembre 2021 15:51",
        "nl/Van/Verzonden/Aan/CC/Onderwerp/Doorgestuurd bericht/Begin doorgestuurd bericht"
        "/woensdag 3 november 2021 15:51",
        "pl/Od/Wysłano/Do/DW/Temat/Przekazana wiadomość/Początek przekazywanej wiadomości"
        "/środa, 3 listopada 2021 15:51",
        "pt/De/Enviada/Para/Cc/Assunto/Mensagem reencaminhada/Início da mensagem reencaminhada"
        "/quarta-feira, 3 de novembro de 2021 15:51",
        "ro/De la/Trimis/Către/Cc/Subiect/Mesaj redirecționat/Începutul mesajului redirecționat"
        "/miercuri, 3 noiembrie 2021, 15:51",
        "ru/От кого/Дата/Кому/Копия/Тема/Перенаправленное сообщение"
        "/Начало переадресованного сообщения/среда, 3 ноября 2021, 15:51",
        "sv/Från/Skickat/Till/Kopia/Ämne/Vidarebefordrat meddelande/Vidarebefordrat brev"
        "/den 3 november 2021 15:51",
        "tr/Gönderen/Gönderildi/Alıcı/Bilgi/Konu/İletilmiş Mesaj/İleti başlangıcı"
        "/3 Kasım 2021 Çarşamba 15:51",
        "uk/Від/Надіслано/Кому/Копія/Тема/Переслане повідомлення"
        "/Початок переадресованого повідомлення/3 листопада 2021 р. 15:51",
        "ja/差出人/送信日時/宛先/CC/件名/転送メッセージ/転送されたメッセージ/2021年11月3日 15:51",
        "zh/发件人/发送时间/收件人/抄送/主题/转发的邮件/开始转发的邮件/2021年11月3日 15:51",
        "ko/보낸 사람/보낸 날짜/받는 사람/참조/제목/전달된 메시지/전달된 메시지"
        "/2021년 11월 3일 수요일 오후 3:51",
        "ar/من/تاريخ الإرسال/إلى/نسخة/الموضوع/رسالة محولة/بداية الرسالة المحولة"
        "/3 نوفمبر 2021 15:51",
        "he/מאת/נשלח/אל/עותק/נושא/הודעה שהועברה/תחילת ההודעה שהועברה/3 בנובמבר 2021 15:51",
        "of no list/Zo/Waanst/Tevos/Ook/Wazzo/Zork blarg/Zork blarg ist/3 Blarg 2021 15:51",
    )
}


def headers(*pairs: tuple[str, str], colon: str = ": ") -> str:
    return "\n".join(f"{label}{colon}{value}" for label, value in pairs)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def telephone(t: Tongue) -> str:
    fields = headers(
        (t.sender, SENDER), (t.subject, SUBJECT), (t.date, t.moment), (t.to, RECIPIENT)
    )
    return quoted(f"{t.lead}:\n\n{fields}\n{t.copy}: {COPIED}\n\n{BODY}")


def led_to(t: Tongue) -> str:
    fields = headers(
        (t.sender, SENDER), (t.date, t.moment), (t.to, RECIPIENT), (t.subject, SUBJECT)
    )
    return f"{t.lead}:\n\n{quoted(f'{fields}' + chr(10) * 2 + BODY)}"


def web_mail(t: Tongue) -> str:
    to, subject = ("To", f"<{RECIPIENT}>"), ("Subject", SUBJECT)
    fields = headers((t.sender, SENDER), ("Date", t.moment), subject, to, ("Cc", COPIED))
    return f"---------- Forwarded message ---------\n{fields}\n\n\n{BODY}"


def office(t: Tongue) -> str:
    fields = headers((t.sender, SENDER), (t.date, t.moment), (t.to, RECIPIENT), (t.copy, COPIED))
    return f"{fields}\n{t.subject}: {SUBJECT}\n{BODY}"


def office_ruled(t: Tongue) -> str:
    return f"{'_' * 32}\n{office(t).replace(SUBJECT, SUBJECT + chr(10))}"


def bold(t: Tongue) -> str:
    fields = ((t.sender, SENDER), (t.date, t.moment), (t.to, RECIPIENT), (t.subject, SUBJECT))
    return "\n".join(f"*{label}:* {value}" for label, value in fields) + f"\n\n{BODY}"


def table(t: Tongue) -> str:
    first = ((t.subject, SUBJECT), (t.date, "Wed, 3 Nov 2021 15:51:30 +0100"))
    fields = headers(*first, (t.sender, SENDER), (t.to, RECIPIENT), (t.copy, COPIED), colon=": \t")
    return f"-------- {t.separator} --------\n{fields}\n\n\n\n{BODY}"


def quoted_text(t: Tongue) -> str:
    fields = headers(
        (t.sender, SENDER), (t.date, t.moment), (t.to, RECIPIENT), (t.subject, SUBJECT)
    )
    return f"---------- {t.separator} ----------\n{fields}\n\n{quoted(BODY)}"


def flat(t: Tongue) -> str:
    to = f'"{RECIPIENT}" <{RECIPIENT}>'
    pairs = ((t.sender, SENDER), (t.to, to), (t.date, f"{t.moment} CET"), (t.subject, SUBJECT))
    fields = "".join(f"{label.strip()}: {value}" for label, value in pairs)
    return f"   ----- {t.separator} ----- {fields}\n {BODY}"


LAYOUTS: Sequence[Callable[[Tongue], str]] = (
    telephone,
    led_to,
    web_mail,
    office,
    office_ruled,
    bold,
    table,
    quoted_text,
    flat,
)
