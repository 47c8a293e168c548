package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Job;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With GreenMail, a real server of mail. */
class MailWayTest {

    private static final String FILE = "greenmail.tls.keystore.file";
    private static final String PASSWORD = "greenmail.tls.keystore.password";

    @TempDir
    private static Path home;
    private static String pem;
    private static KeyStore store;
    private final GreenMail mail = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)});

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = Receiver.keys();
        pem = Receiver.pem((X509Certificate) store.getCertificate("host"));
        System.setProperty(FILE, Receiver.file(store, home.resolve("mail.p12")).toString());
        System.setProperty(PASSWORD, "changeit");
    }

    @AfterAll
    static void forgetCertificate() {
        System.clearProperty(FILE);
        System.clearProperty(PASSWORD);
    }

    @BeforeEach
    void start() {
        mail.start();
        mail.setUser("ops@example.com", "ops", "right one");
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private Map<String, String> settings(String security) {
        return new HashMap<>(Map.of("host", "127.0.0.1", "port", Integer.toString((security.equals("tls") ? mail.getSmtps() : mail.getSmtp()).getPort()), "security", security, "ca", pem, "from",
                "Azekura <azekura@example.com>", "to", "ops@example.com, second@example.com"));
    }

    private String send(Map<String, String> settings, String password, Letter letter) throws BackupException {
        if (!password.isEmpty()) {
            settings.put("user", "ops");
        }
        return new MailWay(MailSettings.read(settings, password.isEmpty() ? Map.of() : Map.of("password", password))).send(new Way.Parcel("an-id", "vault1", "ja", letter, List.of()));
    }

    private static Letter letter(String language, String error) {
        Job job = Rows.job(7, Job.State.RUNNING);
        return new LetterWriter(Phrases.ALL.get(language), "vault1", "https://vault1:8443", ZoneOffset.UTC)
                .write(List.of(Told.of(job, Job.State.FAILED, Instant.parse("2026-01-02T03:04:05Z"), "docs", error)));
    }

    private static String part(MimeMessage message, int number) throws Exception {
        return (String) ((Multipart) message.getContent()).getBodyPart(number).getContent();
    }

    @Test
    void aJapaneseMailIsReadAsItWasWritten() throws Exception {
        Letter letter = letter("ja", "棚 3 のカートリッジ「あ」が要ります 🗄 <x>");
        assertTrue(send(settings("tls"), "right one", letter).startsWith("250"));
        assertEquals(2, mail.getReceivedMessages().length, "one for each who is to have it");
        MimeMessage read = mail.getReceivedMessages()[0];
        assertEquals("[vault1] クライアント web-1 のバックアップ 7が失敗しました", read.getSubject());
        assertEquals(letter.plain(), part(read, 0).replace("\r\n", "\n"));
        assertEquals(letter.html(), part(read, 1).replace("\r\n", "\n"));
        assertTrue(part(read, 1).contains("&lt;x&gt;"));
        assertEquals("<an-id@azekura.invalid>", read.getMessageID());
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        read.writeTo(raw);
        assertTrue(raw.toString(StandardCharsets.ISO_8859_1).chars().allMatch(c -> c < 128), "mail goes through servers that know ASCII only");
        assertTrue(raw.toString(StandardCharsets.US_ASCII).lines().allMatch(line -> line.length() <= 998));
    }

    @Test
    void startsTlsBeforeItSaysAnything() throws Exception {
        try (StartTls front = new StartTls(Receiver.tls(store), mail.getSmtp().getPort())) {
            Map<String, String> settings = settings("starttls");
            settings.put("port", Integer.toString(front.port()));
            send(settings, "right one", letter("en", "broken"));
            assertEquals(List.of("EHLO", "STARTTLS"), front.inClear);
        }
        assertEquals("[vault1] Backup 7 of client web-1 failed", mail.getReceivedMessages()[0].getSubject());
    }

    @Test
    void saysNothingToOneThatCannotSealTheLine() {
        BackupException e = assertThrows(BackupException.class, () -> send(settings("starttls"), "right one", letter("en", "broken")));
        assertTrue(e.getMessage().contains("does not support STARTTLS"), e.getMessage());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void namesAWrongPasswordAndNotThePassword() {
        BackupException e = assertThrows(BackupException.class, () -> send(settings("tls"), "wrong one", letter("en", "broken")));
        assertEquals("notify.login", e.failure().code());
        assertTrue(e.getMessage().contains("the user or the password is wrong") && e.getMessage().contains("127.0.0.1"), e.getMessage());
        assertFalse(e.getMessage().contains("wrong one"));
        assertTrue(e.failure().retryable());
    }

    @Test
    void believesNoStrangeCertificate() {
        Map<String, String> settings = settings("tls");
        settings.put("ca", "");
        BackupException e = assertThrows(BackupException.class, () -> send(settings, "right one", letter("en", "broken")));
        assertTrue(e.getMessage().contains("certification path") || e.getMessage().contains("PKIX"), e.getMessage());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void saysWhatIsWrongWithOneThatIsNotThere() throws Exception {
        Map<String, String> settings = settings("none");
        try (ServerSocket taken = new ServerSocket(0)) {
            settings.put("port", Integer.toString(taken.getLocalPort()));
        }
        BackupException e = assertThrows(BackupException.class, () -> send(settings, "", letter("en", "broken")));
        assertTrue(e.getMessage().contains("127.0.0.1:" + settings.get("port")) && e.getMessage().contains("refused"), e.getMessage());
    }

    @Test
    void noNameMakesAHeader() throws Exception {
        send(settings("none"), "", letter("en", "x\r\nBcc: everybody@example.com\r\n\r\nhello"));
        send(settings("none"), "", new Letter("a\r\nBcc: everybody@example.com", "p", "h"));
        for (MimeMessage message : mail.getReceivedMessages()) {
            assertEquals(null, message.getHeader("Bcc"));
        }
    }

    @Test
    void refusesSettingsThatCannotWork() {
        refuses("to", Map.of("to", "nobody"));
        refuses("to", Map.of("to", "a@example.com\nBcc: b@example.com"));
        refuses("from", Map.of("from", "a@example.com, b@example.com"));
        refuses("host", Map.of("host", "a b"));
        refuses("port", Map.of("port", "70000"));
        refuses("security", Map.of("security", "some"));
        refuses("ca", Map.of("ca", "-----BEGIN"));
        refuses("password", Map.of("user", "ops"));
    }

    private void refuses(String name, Map<String, String> change) {
        Map<String, String> settings = settings("none");
        settings.putAll(change);
        String why = assertThrows(IllegalArgumentException.class, () -> MailSettings.read(settings, Map.of())).getMessage();
        assertTrue(why.startsWith(name + ":"), why);
    }

    @Test
    void sendsNoPasswordInClear() {
        Map<String, String> settings = settings("none");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> send(settings, "right one", letter("en", "x"))).getMessage().startsWith("security:"));
    }
}
