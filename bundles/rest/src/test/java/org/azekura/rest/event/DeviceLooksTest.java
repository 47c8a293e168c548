package org.azekura.rest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Devices;
import org.junit.jupiter.api.Test;

class DeviceLooksTest {

    private final List<Devices.Device> devices = new ArrayList<>();
    private final List<Appliance.Power> power = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final DeviceLooks looks = new DeviceLooks(only(Appliance.class, "status", () -> new Appliance.Status("0", "", List.of(), List.of(), 0, 0, List.copyOf(power))),
            only(Devices.class, "list", () -> List.copyOf(devices)));

    private interface Answer {
        Object get();
    }

    /** One that answers this call and no other. */
    private static <T> T only(Class<T> type, String method, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, called, _) -> {
            if (!called.getName().equals(method)) {
                throw new UnsupportedOperationException(called.getName());
            }
            return answer.get();
        }));
    }

    private static Devices.Device library(boolean served) {
        return new Devices.Device(new DeviceName("lib1"), new NodeName("n1"), "tape", served, "", List.of(), served ? "" : "it is away");
    }

    private void look(boolean wanted) throws Exception {
        looks.look(wanted, news -> told.add(news.view().toString()));
    }

    @Test
    void tellsWhatIsNotAsItWas() throws Exception {
        devices.add(library(true));
        look(true);
        look(true);
        assertEquals(List.of(), told, "how things are, who listens has asked for");
        devices.set(0, library(false));
        power.add(new Appliance.Power("ups1", "n1", "battery", true, null, null, Instant.EPOCH, ""));
        look(true);
        look(true);
        assertEquals(List.of("OfDevice[kind=device, name=lib1, node=n1, state=away, text=it is away]", "OfDevice[kind=power, name=ups1, node=n1, state=battery, text=]"),
                told.stream().sorted().toList());
        told.clear();
        devices.clear();
        look(true);
        assertEquals(List.of("OfDevice[kind=device, name=lib1, node=n1, state=gone, text=]"), told);
    }

    @Test
    void looksAtNothingWhileNobodyListens() throws Exception {
        look(true);
        devices.add(library(true));
        look(false);
        look(true);
        assertEquals(List.of(), told);
        looks.close();
    }
}
