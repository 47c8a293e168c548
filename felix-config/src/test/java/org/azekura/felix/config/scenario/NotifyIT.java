package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A backup that fails is told by mail, which a real server of mail takes. */
@ExtendWith(Shared.class)
class NotifyIT {

    private static final Duration WAIT = Duration.ofMinutes(2);

    @Test
    void theMailOfABackupThatFailsArrives(Azekura azekura) throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            azekura.json(0, "notify", "target", "create", "mail", "shared", "--set", "host=127.0.0.1", "port=" + mail.getSmtp().getPort(), "security=none", "from=azekura@example.com",
                    "to=ops@example.com", "--match", "saveSet=told", "--language", "ja");
            assertTrue(azekura.json(0, "notify", "target", "test", "shared").get("answer").asText().startsWith("250"));
            azekura.call("backup", "--name", "told", "/nowhere/at/all").exits(1);
            assertTrue(mail.waitForIncomingEmail(WAIT.toMillis(), 2), "the mail did not come");
            assertTrue(mail.getReceivedMessages()[1].getSubject().endsWith("が失敗しました"), mail.getReceivedMessages()[1].getSubject());
            assertEquals(2, mail.getReceivedMessages().length);
        } finally {
            azekura.call("notify", "target", "delete", "shared");
            mail.stop();
        }
    }
}
