package org.azekura.server.library;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.volume.Label;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/** A storage node with a disk and a library of one mail slot, one drive and four slots; a server as far as it joins that, with a real catalog. */
final class FakeLibrary implements CartridgeLabels, AutoCloseable {

    static final NodeName NODE = new NodeName("n1");
    static final DeviceName LIB1 = new DeviceName("lib1");
    static final PoolName TAPE = new PoolName("tape");
    static final PoolName OTHER = new PoolName("other");

    private static final Duration LONG = Duration.ofMinutes(2);
    static final ApplianceId SELF = new ApplianceId(1, 2);

    final Hosts hosts = new Hosts();
    /** Cartridges by their place. */
    final Map<Integer, Barcode> places = new TreeMap<>();
    /** What a cartridge begins with: null is nothing, what is no label is something else. */
    final Map<Barcode, byte[]> tapes = new TreeMap<>();
    final List<NodeOrder> orders = new CopyOnWriteArrayList<>();
    /** What is thrown when this cartridge is looked at, or labelled. */
    final Map<Barcode, BackupException> broken = new TreeMap<>();
    private final LocalTransport transport = new LocalTransport();
    private final CatalogDoor door;
    private final Transports.Offer offer;
    private final SigningKey signer;
    private Conversation talk;

    /** What is met on a cartridge that is read through; each says at which of these it goes on. */
    final List<LibraryAnswer.PassedThrough> stretches = new ArrayList<>();

    FakeLibrary(Path home) throws BackupException {
        door = new CatalogDoor(home);
        signer = SigningKey.loadOrCreate(home.resolve("signing"));
        Reception reception = new Reception(() -> new Answer.Welcome(SELF, new byte[0], Instant.EPOCH), hosts, silent(Reception.Reports.class),
                silent(Reception.Admission.class), silent(Reception.Times.class));
        offer = new Transports(transport).offer("server", "server/s", reception::accept);
        join();
        pool(TAPE, LIB1);
        pool(OTHER, LIB1);
        pool(new PoolName("disk"), new DeviceName("disk"));
    }

    void join() throws BackupException {
        talk = new Conversation(transport.dial("server", "node/" + NODE, LONG), this::receive).start();
        talk.ask(new NodeReport.Hello(NODE, List.of(), "0"), Answer.Welcome.class, LONG);
    }

    /** Its node goes; returns when the server has heard of it. */
    void leave() {
        talk.close();
        while (hosts.isConnected(NODE)) {
            Thread.yield();
        }
    }

    void pool(PoolName name, DeviceName device) throws BackupException {
        catalog().write(edit -> {
            edit.putPool(new Pool(name, NODE, device, device.equals(LIB1) ? "simulator" : "disk", ChunkSizes.DEFAULT, 3, 50, new byte[0], Instant.EPOCH, null));
            return null;
        });
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null));
    }

    CatalogStore catalog() {
        return door.catalog();
    }

    LibraryDesk desk() {
        return new LibraryDesk(catalog(), hosts, this);
    }

    private synchronized Answer receive(Message message) throws BackupException {
        NodeOrder order = (NodeOrder) message;
        orders.add(order);
        return switch (order) {
            case DeviceOrder.ListDevices o -> new DeviceAnswer.Devices(List.of(new DeviceAnswer.DeviceFound(new DeviceName("disk"), "disk", "/srv/disk", null),
                    new DeviceAnswer.DeviceFound(LIB1, "simulator", "/srv/library", null)));
            case LibraryOrder.ListElements o -> elements(o.device());
            case LibraryOrder.Inventory o -> elements(o.device());
            case LibraryOrder.MoveMedium o -> move(o);
            case LibraryOrder.LookAtLabel o -> look(o.barcode(), null);
            case LibraryOrder.ReadThrough o -> stretches.get(o.from() == null ? 0 : (int) o.from().serial());
            case LibraryOrder.LabelCartridge o -> label(o);
            case LibraryOrder.CleanDrive o -> new LibraryAnswer.DriveCleaned(new Barcode("CLN001CU"), o.drive() == 0 ? "" : "it is used up");
            case LibraryOrder.UseDrives o -> new Answer.Done();
            default -> throw new AssertionError(order);
        };
    }

    private Answer elements(DeviceName device) throws BackupException {
        if (!device.equals(LIB1)) {
            throw BackupException.operator("library.none", device.value(), "device " + device + " is no library");
        }
        List<LibraryAnswer.ElementFound> elements = new ArrayList<>();
        elements.add(element(10, Element.Kind.MAIL_SLOT));
        elements.add(element(500, Element.Kind.DRIVE));
        for (int slot = 1000; slot < 1004; slot++) {
            elements.add(element(slot, Element.Kind.SLOT));
        }
        return new LibraryAnswer.Elements("/srv/library", true, elements);
    }

    private LibraryAnswer.ElementFound element(int address, Element.Kind kind) {
        Barcode barcode = places.get(address);
        return new LibraryAnswer.ElementFound(address, kind, barcode == null ? Element.Filling.EMPTY : Element.Filling.CARTRIDGE, barcode, -1, kind == Element.Kind.DRIVE ? 0 : -1,
                true, false, null, null, "");
    }

    private Answer move(LibraryOrder.MoveMedium order) throws BackupException {
        if (!places.containsKey(order.from()) || places.containsKey(order.to())) {
            throw BackupException.operator("changer.taken", "lib1", "that can't be moved");
        }
        places.put(order.to(), places.remove(order.from()));
        return new Answer.Done();
    }

    private Answer label(LibraryOrder.LabelCartridge order) throws BackupException {
        byte[] there = tapes.get(order.barcode());
        if (there != null && there.length == Label.BYTES && Label.parse(there).volume().equals(order.overwrites())) {
            tapes.remove(order.barcode());
        }
        return look(order.barcode(), order.label());
    }

    private Answer look(Barcode barcode, byte[] label) throws BackupException {
        if (broken.containsKey(barcode)) {
            throw broken.get(barcode);
        }
        byte[] there = tapes.get(barcode);
        if (there == null && label != null) {
            tapes.put(barcode, label);
            return new LibraryAnswer.CartridgeFound(LibraryAnswer.Beginning.LABELLED, true, label, false, "", 100);
        }
        return there == null ? new LibraryAnswer.CartridgeFound(LibraryAnswer.Beginning.BLANK, false, null, false, "", 100)
                : there.length < Label.BYTES ? new LibraryAnswer.CartridgeFound(LibraryAnswer.Beginning.OTHER, false, null, true, "it begins with something else", 100)
                : new LibraryAnswer.CartridgeFound(LibraryAnswer.Beginning.LABELLED, false, there, false, "", 100);
    }

    @Override
    public byte[] label(Pool pool, Barcode barcode) {
        return label(SELF, pool.name(), barcode.value(), barcode.value().hashCode());
    }

    byte[] label(ApplianceId appliance, PoolName pool, String name, long volume) {
        VolumeId id = new VolumeId(5, volume);
        return new Label(id, appliance, pool, name, null, Instant.parse("2026-01-02T03:04:05Z"), signer.publicKey(), id, 0).sign(signer.privateKey());
    }

    @Override
    public boolean isOwn(Label label) {
        return label.appliance().equals(SELF);
    }

    @Override
    public void close() {
        talk.close();
        offer.close();
        hosts.close();
        door.close();
    }
}
