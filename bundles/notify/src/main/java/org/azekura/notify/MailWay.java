package org.azekura.notify;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.azekura.api.BackupException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Tells by mail, which a server takes by SMTP. Either all whom it is for get it, or none: a server that knows one of them not is said, and nobody is told twice
 * by another attempt.
 */
final class MailWay implements Way {

    private static final String CONNECT_ms = "10000";
    private static final String ANSWER_ms = "20000";

    private final MailSettings settings;

    MailWay(MailSettings settings) {
        this.settings = settings;
    }

    @Override
    public String send(Parcel parcel) throws BackupException {
        // the library looks for its parts where the thread says
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(MailWay.class.getClassLoader());
        try {
            Session session = Session.getInstance(properties());
            MimeMessage message = message(session, parcel);
            try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
                if (settings.user().isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(settings.user(), settings.password());
                }
                transport.sendMessage(message, message.getAllRecipients());
                return transport.getLastServerResponse().strip();
            }
        } catch (AuthenticationFailedException e) {
            throw BackupException.network("notify.login", settings.host(), where() + " refuses the login of \"" + settings.user() + "\": the user or the password is wrong ("
                    + said(e) + ")", e);
        } catch (MessagingException e) {
            throw BackupException.network("notify.mail", settings.host(), where() + " did not take the mail: " + said(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String where() {
        return "the mail server " + settings.host() + ":" + settings.port();
    }

    /** The innermost reason says most: a certificate, a refused address. */
    private static String said(Exception e) {
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        Exception next = e instanceof MessagingException outer ? outer.getNextException() : null;
        String text = next != null && reason == e ? said(next) : reason.getMessage();
        return text == null ? reason.toString() : text.strip();
    }

    private Properties properties() {
        Properties all = new Properties();
        all.put("mail.smtp.host", settings.host());
        all.put("mail.smtp.port", Integer.toString(settings.port()));
        all.put("mail.smtp.connectiontimeout", CONNECT_ms);
        all.put("mail.smtp.timeout", ANSWER_ms);
        all.put("mail.smtp.writetimeout", ANSWER_ms);
        all.put("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        all.put("mail.smtp.ssl.checkserveridentity", "true");
        all.put("mail.smtp.ssl.socketFactory", settings.trust().getSocketFactory());
        boolean starts = settings.security() == MailSettings.Security.STARTTLS;
        all.put("mail.smtp.starttls.enable", Boolean.toString(starts));
        all.put("mail.smtp.starttls.required", Boolean.toString(starts));
        all.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == MailSettings.Security.TLS));
        return all;
    }

    private MimeMessage message(Session session, Parcel parcel) throws MessagingException {
        String id = "<" + parcel.id() + "@azekura.invalid>";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(settings.from());
        message.setRecipients(Message.RecipientType.TO, settings.to().toArray(InternetAddress[]::new));
        message.setSubject(parcel.letter().subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.now()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", parcel.language());
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(part(parcel.letter().plain(), "text/plain"));
        both.addBodyPart(part(parcel.letter().html(), "text/html"));
        message.setContent(both);
        return message;
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(text.getBytes(StandardCharsets.UTF_8), type + "; charset=UTF-8")));
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }
}
