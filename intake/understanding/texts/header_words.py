"""The words of mail programs above a message that they quote: labels of its headers and names of
the separator, in the languages of Europe and the larger ones of the world, in lower case."""

FROM = """
    from|de|von|van|da|od|fra|från|frá|frå|lähettäjä|mittente|absender|afzender|afsender|avsender
    |avsändare|expéditeur|remitente|remetente|remetent|emisor|oddawca|nadawca|feladó|küldő
    |odesílatel|odosielateľ|pošiljatelj|šalje|pošilja|expeditor|exp|de la|nga|minn|ó|oddi wrth
    |oddo|gan|nork|saatja|kellelt|no|sūtītājs|nuo|siuntėjas|gönderen|kimden|göndərən|kimdən|от
    |от кого|отправитель|ад|ад каго|від|від кого|відправник|подател|изпращач|шаље|шаље се
    |пошиљалац|испраќач|од|από|αποστολέας|מאת|השולח|שולח|من|المرسل|از|فرستنده|प्रेषक|से|dari
    |pengirim|từ|người gửi|จาก|ผู้ส่ง|差出人|送信者|送信元|发件人|寄件者|寄件人|發件人|发信人
    |보낸 사람|보낸사람|보내는 사람|발신|발신자
"""
DATE = """
    date|sent|sent at|sent on|date sent|sent date|received|created|envoyé|envoyé le
    |date d'envoi|envoi|envoyée le|date et heure|gesendet|gesendet am|datum|verzonden
    |verzonden op|verstuurd|data|fecha|enviado|enviado el|enviado em|enviada|enviada em|enviat
    |data d'enviament|fecha de envío|inviato|inviato il|data invio|wysłano|data wysłania
    |skickat|skickades|sendt|dato|send|dagsetning|dags|päivämäärä|päiväys|lähetetty|pvm|dátum
    |küldve|elküldve|küldés dátuma|odesláno|odoslané|poslano|dat. odeslání|dne|dňa|datums
    |nosūtīts|sūtīts|išsiųsta|data ir laikas|kuupäev|saadetud|saatmise kuupäev|trimis
    |trimis la|dërguar|më|mibgħut|dáta|seolta|dyddiad|anfonwyd|noiz|bidalia|bidaltze-data
    |tarih|gönderildi|gönderilen|gönderme tarihi|gönderim tarihi|tarix|дата|отправлено
    |дата отправки|надіслано|відправлено|дата надсилання|изпратено|послато|датум|испратено
    |дасланы|ημερομηνία|στάλθηκε|εστάλη|ημ/νία|תאריך|נשלח|בתאריך|التاريخ|تاريخ|تاريخ الإرسال
    |أرسلت|تم الإرسال|مرسل|تاریخ|दिनांक|तारीख|भेजा गया|tanggal|tarikh|dikirim|ngày|đã gửi
    |thời gian|วันที่|ส่ง|日時|送信日時|日付|送信日|发送时间|日期|時間|时间|寄件日期|傳送時間
    |发送日期|發送時間|보낸 날짜|날짜|보낸 시간|일시|보낸날짜
"""
RECIPIENTS = """
    to|cc|bcc|à|a|an|aan|do|dw|udw|til|till|para|pour|per|per a|destinataire|destinataires
    |destinatario|destinatari|destinatário|empfänger|ontvanger|geadresseerde|adresat|kopie
    |kopie an|blindkopie|copie|copie à|copi|còpia a|a/c|copia|copia carbone|còpia|c/copia
    |cópia|ccn|cci|kopia|kopio|kópia|kopija|kopi|afrit|másolat|másolatot kap|címzett|címzettek
    |mottaker|modtager|mottagare|vastaanottaja|vastaanottajat|komu|pre|příjemce|prijemca|prima
    |prejemnik|za|kp|primatelj|către|catre|pentru|la|për|kopje|lil|chuig|cóip|at|nori|kopia ezkutua
    |saaja|saajad|kellele|koopia|kam|adresāts|gavėjas|kime|alıcı|bilgi|gizli|kimə|surət|кому
    |копия|скрытая копия|копія|каму|до|копие|получател|за|прима|копија|πρός|προς|κοιν
    |κοινοποίηση|אל|נמען|לכבוד|עותק|העתק|إلى|الى|نسخة|نسخة إلى|به|گیرنده|رونوشت|प्रति|सेवा में
    |प्रतिलिपि|kepada|untuk|tembusan|đến|tới|đồng gửi|kính gửi|ถึง|สำเนา|宛先|受信者|收件人
    |收件者|抄送|副本|密送|密件抄送|密件副本|받는 사람|받는사람|수신|참조|숨은참조|숨은 참조
"""
SUBJECT = """
    subject|objet|sujet|betreff|betrifft|onderwerp|asunto|assunto|assumpte|oggetto|temat|tytuł
    |ämne|emne|efni|aihe|otsikko|tárgy|předmět|predmet|naslov|zadeva|subiect|subiectul
    |subjekti|tema|lëndë|suġġett|ábhar|pwnc|testun|gaia|teema|pealkiri|temats|tēma|konu|mövzu
    |тема|предмет|относно|наслов|θέμα|נושא|הנדון|الموضوع|موضوع|विषय|subjek|perihal|subyek
    |chủ đề|tiêu đề|เรื่อง|หัวข้อ|หัวเรื่อง|件名|題名|主题|主題|主旨|标题|제목
"""
OTHERS = """
    reply-to|reply to|importance|priority|sensitivity|attachments|attachment|categories|flag
    |resent-from|resent-to|resent-date|organization|organisation|message-id|newsgroups
    |mailed-by|signed-by|in-reply-to|references|user-agent|antwort an|antworten an|wichtigkeit
    |priorität|anlagen|anhänge|anhang|répondre à|priorité|pièces jointes|pièce jointe
    |responder a|importancia|prioridad|prioridade|importância|datos adjuntos|adjuntos
    |archivos adjuntos|anexos|responder para|rispondi a|importanza|priorità|allegati|allegato
    |antwoord aan|beantwoorden|prioriteit|urgentie|bijlagen|bijlage|odpowiedz do|ważność
    |priorytet|załączniki|svar til|svara till|vedlegg|vedhæftede filer|vigtighed|viktighet
    |prioritet|bilagor|bifogade filer|vastausosoite|tärkeys|liitteet|válaszcím|fontosság
    |mellékletek|odpověď na|odpovědět|důležitost|přílohy|dôležitosť|prílohy|prilozi|važnost
    |yanıt adresi|önem|ekler|кому ответить|важность|вложения|приложения|важливість|вкладення
    |απάντηση προς|συνημμένα|קבצים מצורפים|חשיבות|المرفقات|返信先|添付ファイル|重要度|附件
    |重要性|回复|첨부|첨부파일
"""

FORWARDED = """
    forwarded weitergeleitet transféré transferé réexpédi fwd reenviad reenviat inoltrat
    doorgestuurd doorgezonden przekazan przekazywan przesłan podaną videresend videresent
    vidarebefordra vidaresän framsen áframsen välitet edelleenl lähetetty přeposlan přeposílan
    preposlan preposiel továbbít proslijeđen prosleđen posredovan encaminhad redirecionad
    redirecționa redirectiona înaintat transmis iletilen iletilm yönlendiril yönləndiril переслан
    пересыла переадрес перенаправл пересила переслат препратен препрати препраћ прослеђен
    проследен перасланае προωθημ προωθη διαβιβα edastatud edasi pārsūtīt persiųst përcjell
    përcjellur mgħoddi ymlaen aghaidh birbid bidalitako 転送 转发 轉寄 轉發 转寄 전달 הועבר
    מועבר שהועברה توجيه محول محوّل بازارسال هدایت chuyển ส่งต่อ diteruskan dimajukan अग्रेषित
"""
ORIGINAL = """
    original origine originale ursprünglich oorspronkelijk oryginaln oprindelig opprinnelig
    ursprunglig alkuperäi původní pôvodn eredeti izvorna izvirn prvotn originál orijinal özgün
    исходн оригинал початков вихідн първоначалн изворн αρχικ algne oriģināl origināl sākotnēj
    pradin upprunaleg wreiddiol bunaidh asalkan الأصلية אصلی מקורית המקורית 元の 原始 原邮件
    원본 gốc ต้นฉบับ मूल
"""
MESSAGE = """
    message mail nachricht bericht meddel melding besked mejl brev viesti zpráv správ wiadomoś
    üzenet levél mesaj ileti сообщени письмо письма повідомлен лист съобщение порука поруке
    poruka poruke sporočil mensaje correo mensagem mensaxe messagg missatge mesazh žinut laišk
    ziņ vēstul kiri sõnum skeyti skilaboð neges teachtaireacht mezua messaġġ μήνυμα μηνύματος
    メッセージ メール 邮件 郵件 信件 메일 메시지 رسالة הודעה پیام thư ข้อความ pesan mesej
    संदेश
"""
"""Stems: what the separator calls the message, and what was done with it."""
