"""Messages with which mail servers give mail back, as Postfix and Exchange write them (made up, no real person in them)."""

from __future__ import annotations

_POSTFIX = """\
Return-Path: <>
Date: Fri,  3 Jul 2026 11:02:13 +0200 (CEST)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: {subject}
To: feldweg@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4ZQ1xN2fXzz9.1783069333/mail.example.org"
Content-Transfer-Encoding: 8bit
Message-Id: <20260703090213.4ZQ1xN3bYzz9@mail.example.org>

This is a MIME-encapsulated message.

--4ZQ1xN2fXzz9.1783069333/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<{recipient}>: host mx.example.net[192.0.2.25] said: {said}
    (in reply to RCPT TO command)

--4ZQ1xN2fXzz9.1783069333/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4ZQ1xN2fXzz9
X-Postfix-Sender: rfc822; feldweg@example.org
Arrival-Date: Fri,  3 Jul 2026 11:02:11 +0200 (CEST)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; {said}

--4ZQ1xN2fXzz9.1783069333/mail.example.org
Content-Description: Undelivered Message{headers_word}
Content-Type: {quoted_type}
Content-Transfer-Encoding: 8bit

Return-Path: <feldweg@example.org>
Received: from feldweg (localhost [127.0.0.1])
\tby mail.example.org (Postfix) with ESMTP id 4ZQ1xN2fXzz9
\tfor <{recipient}>; Fri,  3 Jul 2026 11:02:11 +0200 (CEST)
From: feldweg@example.org
To: {recipient}
Subject: =?utf-8?q?Ihr_pers=C3=B6nlicher_Link?=
Date: Fri, 03 Jul 2026 09:00:00 +0000
Message-ID:
 {message_id}
Auto-Submitted: auto-generated
Content-Type: text/plain; charset="utf-8"

{body}
--4ZQ1xN2fXzz9.1783069333/mail.example.org--
"""

_EXCHANGE = """\
Received: from MX1.example.net (192.0.2.26) by MX2.example.net (192.0.2.27)
 with Microsoft SMTP Server; Fri, 3 Jul 2026 11:03:01 +0200
From: <postmaster@example.net>
To: <feldweg@example.org>
Date: Fri, 3 Jul 2026 11:03:00 +0200
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d"
Content-Language: de-DE
Message-ID: <4f1e2d3c-5b6a-4988-a7b6-c5d4e3f2a1b0@MX2.example.net>
In-Reply-To: {message_id}
References: {message_id}
Subject: Unzustellbar: =?UTF-8?B?SWhyIHBlcnPDtm5saWNoZXIgTGluaw==?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="alternative-1"

--alternative-1
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

SWhyZSBOYWNocmljaHQga29ubnRlIG5pY2h0IHp1Z2VzdGVsbHQgd2VyZGVuLg==
--alternative-1
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><body><p>Ihre Nachricht konnte nicht zugestellt werden.</p></body></html>
--alternative-1--
--b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d
Content-Type: message/delivery-status

Reporting-MTA: dns;MX2.example.net
Received-From-MTA: dns;mail.example.org
Arrival-Date: Fri, 3 Jul 2026 09:02:59 +0000

Original-Recipient: rfc822;{recipient}
Final-Recipient: rfc822;{recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipNotFound; not found
X-Display-Name: {recipient}

--b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d
Content-Type: message/rfc822

Received: from mail.example.org (192.0.2.1) by MX2.example.net
 with Microsoft SMTP Server (TLS); Fri, 3 Jul 2026 11:02:59 +0200
From: feldweg@example.org
To: {recipient}
Subject: =?utf-8?q?Ihr_pers=C3=B6nlicher_Link?=
Message-ID: {message_id}
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Guten Tag
--b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d--
"""

ANSWER = b"""\
From: Anna Kolb <anna@example.org>
To: feldweg@example.org
Subject: Re: Ihr Link
In-Reply-To: <abc@example.org>
Content-Type: text/plain; charset="utf-8"

Vielen Dank!
"""


def postfix(
    message_id: str,
    *,
    recipient: str = "anna@example.org",
    status: str = "5.1.1",
    said: str = "550 5.1.1 <anna@example.org>: Recipient address rejected: User unknown",
    action: str = "failed",
    whole: bool = True,
) -> bytes:
    """Postfix gives the letter back whole or, for large ones, only its headers."""
    text = _POSTFIX.format(
        message_id=message_id,
        recipient=recipient,
        status=status,
        said=said,
        action=action,
        subject="Undelivered Mail Returned to Sender" if action == "failed" else "Delayed Mail (still being retried)",
        headers_word="" if whole else " Headers",
        quoted_type="message/rfc822" if whole else "text/rfc822-headers",
        body="Guten Tag, Anna" if whole else "",
    )  # fmt: skip
    return text.encode()


def exchange(message_id: str, *, recipient: str = "anna@example.org", status: str = "5.1.10") -> bytes:
    """Exchange names the letter in its own headers too, and ends its lines as Windows does."""
    text = _EXCHANGE.format(message_id=message_id, recipient=recipient, status=status)
    return text.replace("\n", "\r\n").encode()
