package org.azekura.server.driver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;

/** A storage node that takes packages and answers what a test wants. */
final class FakeNode implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);

    final List<InstalledDriver> drivers = new CopyOnWriteArrayList<>();
    final List<DeviceAnswer.DeviceFound> devices = new CopyOnWriteArrayList<>();
    final List<NodeOrder> orders = new CopyOnWriteArrayList<>();
    /** By the name under which they came. */
    final Map<String, byte[]> packages = new ConcurrentHashMap<>();
    volatile Changes changes = (order, content) -> {
        throw new AssertionError("no change is expected");
    };
    /** What happens before it says which drivers it has. */
    volatile Does settling = order -> {};
    /** What an order that only does something does. */
    volatile Does does = order -> {};
    private final Conversation talk;

    /** What comes of a package. */
    interface Changes {
        DeviceAnswer.DriverChanged change(DriverOrder.ChangeDriver order, byte[] content) throws BackupException;
    }

    interface Does {
        void order(NodeOrder order) throws BackupException;
    }

    /** @param has drivers, from its first moment on */
    FakeNode(Transport transport, String name, InstalledDriver... has) throws BackupException {
        drivers.addAll(List.of(has));
        Connection connection = transport.dial("server", "node/" + name, LONG);
        talk = new Conversation(connection, this::receive).start();
        Thread.ofVirtual().name("fake node " + name).start(() -> takeStreams(connection));
        talk.ask(new NodeReport.Hello(new NodeName(name), List.of(), "0"), Answer.Welcome.class, LONG);
    }

    static InstalledDriver driver(String name, String version) {
        return new InstalledDriver(name, version, "Ann", InstalledDriver.State.ACTIVE, List.of(), "");
    }

    private Answer receive(Message message) throws BackupException {
        NodeOrder order = (NodeOrder) message;
        orders.add(order);
        if (order instanceof DriverOrder.ListDrivers || order instanceof DriverOrder.SettleDrivers) {
            settling.order(order);
            return new DeviceAnswer.Drivers(drivers);
        }
        if (order instanceof DeviceOrder.ListDevices) {
            return new DeviceAnswer.Devices(devices);
        }
        if (order instanceof DeviceOrder.DescribeDriver described) {
            return form(described);
        }
        if (order instanceof DeviceOrder.ReadSettings) {
            return new DeviceAnswer.Settings(Map.of("path", "/srv/main"), List.of("secret"));
        }
        if (order instanceof DriverOrder.ChangeDriver change) {
            return changes.change(change, packages.get(change.upload()));
        }
        does.order(order);
        return new Answer.Done();
    }

    private Answer form(DeviceOrder.DescribeDriver order) throws BackupException {
        if (drivers.stream().noneMatch(driver -> driver.name().equals(order.driver()))) {
            throw BackupException.operator("driver.unknown", order.driver(), "there is no driver " + order.driver() + " here");
        }
        return new DeviceAnswer.Form(new SettingsForm(order.driver(), "Form of " + order.language(), "", List.of()));
    }

    void tell(NodeReport report) throws BackupException {
        talk.ask(report, Answer.Done.class, LONG);
    }

    private void takeStreams(Connection connection) {
        try {
            for (Stream stream = connection.accept(Duration.ofMinutes(5)); stream != null; stream = connection.accept(Duration.ofMinutes(5))) {
                take(stream);
            }
        } catch (BackupException e) {
            // it is over
        }
    }

    private void take(Stream stream) throws BackupException {
        try (stream) {
            StreamOpening.BringPackage opening = MessageCodec.decode(stream.receive(LONG), StreamOpening.BringPackage.class);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (ByteBuffer part = stream.receive(LONG); part != null; part = stream.receive(LONG)) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                content.writeBytes(bytes);
            }
            if (content.size() != opening.bytes()) {
                throw new IllegalStateException(content.size() + " of " + opening.bytes());
            }
            packages.put(opening.upload(), content.toByteArray());
            stream.endSending();
        }
    }

    /** Goes away at once. */
    @Override
    public void close() {
        talk.close();
    }
}
