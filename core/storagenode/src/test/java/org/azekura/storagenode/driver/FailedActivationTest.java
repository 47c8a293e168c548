package org.azekura.storagenode.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.NoSuchFileException;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class FailedActivationTest {

    @Test
    void saysWhatTheDriverHasSaid() {
        BackupException said = BackupException.operator("setting.invalid", "changer", "the setting changer = x will not do: give /dev/sgN");
        assertEquals("the setting changer = x will not do: give /dev/sgN", FailedActivation.reason(trace(new InvocationTargetException(said))));
        assertEquals("the setting changer = x will not do: give /dev/sgN", FailedActivation.reason(trace(said)));
    }

    @Test
    void whatTheDriverSaysComesBeforeItsCause() {
        BackupException said = BackupException.device("device.io", "/srv", "/srv can't be read", new NoSuchFileException("/srv"));
        assertEquals("/srv can't be read", FailedActivation.reason(trace(new InvocationTargetException(said))));
    }

    @Test
    void whereNothingIsSaidItNamesTheException() {
        assertEquals("java.lang.IllegalStateException", FailedActivation.reason(trace(new InvocationTargetException(new IllegalStateException()))));
        assertEquals("java.lang.reflect.InvocationTargetException", FailedActivation.reason(trace(new InvocationTargetException(null))));
        assertEquals("", FailedActivation.reason(""));
    }

    /** As the component runtime keeps it. */
    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
