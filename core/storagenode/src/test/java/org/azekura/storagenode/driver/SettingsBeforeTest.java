package org.azekura.storagenode.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.api.DeviceName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A process that ends is another {@link SettingsBefore} on what was written. */
class SettingsBeforeTest {

    private static final DeviceName NAME = new DeviceName("main");
    private static final String PID = "org.azekura.driver.disk~main";

    /** What is kept, by pid. */
    private final SortedMap<String, Map<String, Object>> kept = new TreeMap<>();
    private final ConfigurationAdmin admin = proxy(ConfigurationAdmin.class, (self, method, given) -> switch (method.getName()) {
        case "getFactoryConfiguration" -> configuration((String) given[0], given[0] + "~" + given[1]);
        case "listConfigurations" -> kept.keySet().stream().filter(pid -> matches((String) given[0], pid))
                .map(pid -> configuration(pid.substring(0, pid.indexOf('~')), pid)).toArray(Configuration[]::new);
        default -> throw new AssertionError(method);
    });

    private static <T> T proxy(Class<T> type, InvocationHandler does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, does));
    }

    private static boolean matches(String filter, String pid) {
        String wanted = filter.substring("(service.pid=".length(), filter.length() - 1);
        return wanted.endsWith("*") ? pid.startsWith(wanted.substring(0, wanted.length() - 1)) : pid.equals(wanted);
    }

    private Configuration configuration(String factory, String pid) {
        return proxy(Configuration.class, (self, method, given) -> switch (method.getName()) {
            case "getPid" -> pid;
            case "getFactoryPid" -> factory;
            case "getProperties" -> {
                Hashtable<String, Object> all = new Hashtable<>(kept.get(pid));
                all.put("service.pid", pid);
                all.put("service.factoryPid", factory);
                yield all;
            }
            case "update" -> kept.put(pid, new TreeMap<>(copy(given[0])));
            case "delete" -> kept.remove(pid);
            default -> throw new AssertionError(method);
        });
    }

    private static Hashtable<String, Object> copy(Object dictionary) {
        Hashtable<String, Object> copy = new Hashtable<>();
        ((Hashtable<?, ?>) dictionary).forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }

    @BeforeEach
    void configure() {
        kept.put(PID, Map.of("path", "/old", "size", 7));
    }

    private Drivers.Change change() throws Exception {
        return new SettingsBefore(admin).change(NAME, configuration("org.azekura.driver.disk", PID), Map.of("path", "/new"), Set.of("size"));
    }

    private void assertOnly(Map<String, Object> settings) {
        assertEquals(Map.of(PID, settings), kept);
    }

    @Test
    void whatIsProvenStaysAlsoInTheNextProcess() throws Exception {
        Drivers.Change change = change();
        assertTrue(change.changed());
        change.keep();
        new SettingsBefore(admin).putBack();
        assertOnly(Map.of("path", "/new"));
    }

    @Test
    void aProcessThatEndsBeforeTheProofBeginsAgainWithWhatWorked() throws Exception {
        change();
        assertEquals(Map.of("path", "/new"), kept.get(PID));
        new SettingsBefore(admin).putBack();
        assertOnly(Map.of("path", "/old", "size", 7));
    }

    @Test
    void whatIsUndoneIsAsItWas() throws Exception {
        Drivers.Change change = change();
        change.undo();
        assertEquals(Map.of("path", "/old", "size", 7), kept.get(PID));
        change.keep();
        assertOnly(Map.of("path", "/old", "size", 7));
    }

    @Test
    void aDeviceThatIsForgottenDoesNotComeBack() throws Exception {
        change();
        new SettingsBefore(admin).forget(NAME);
        kept.remove(PID);
        new SettingsBefore(admin).putBack();
        assertEquals(Map.of(), kept);
    }

    @Test
    void whatIsSoAlreadyIsNotWrittenAgain() throws Exception {
        assertFalse(new SettingsBefore(admin).change(NAME, configuration("org.azekura.driver.disk", PID), Map.of("path", "/old"), Set.of()).changed());
        assertOnly(Map.of("path", "/old", "size", 7));
    }
}
