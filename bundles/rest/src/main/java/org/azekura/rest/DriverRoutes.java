package org.azekura.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;

/** Driver packages: which there are, how they come and go, whose are let in. */
final class DriverRoutes {

    /** More than any package may have: what has more is refused by who reads it. */
    private static final long MAX_BYTES = 257L << 20;

    private final Drivers drivers;

    DriverRoutes(Drivers drivers) {
        this.drivers = drivers;
    }

    List<Route> routes() {
        return List.of(
                Route.get("drivers", call -> Reply.ok(drivers.list().stream().map(found -> row(found.node(), found.driver())).toList())),
                Route.upload("drivers", Set.of("update"), this::change),
                Route.delete("drivers/*", this::remove),
                Route.get("publishers", call -> Reply.ok(drivers.publishers().stream().map(DriverRoutes::publisher).toList())),
                Route.post("publishers", this::trust),
                Route.delete("publishers/*", this::distrust),
                Route.get("development", call -> Reply.ok(new Development(drivers.development()))),
                Route.post("development", this::develop));
    }

    private Reply change(Call call, InputStream body) throws BackupException, IOException {
        Path file = Files.createTempFile("driver-", ".azd");
        try {
            try (ReadableByteChannel in = Channels.newChannel(body); FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                long at = 0;
                for (long got = 1; got > 0 && at < MAX_BYTES; at += got) {
                    got = out.transferFrom(in, at, Math.min(1 << 20, MAX_BYTES - at));
                }
            }
            return Reply.ok(drivers.change(file, call.flag("update")).stream().map(DriverRoutes::changed).toList());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Reply remove(Call call) throws BackupException {
        drivers.remove(call.name());
        return Reply.ok(List.of());
    }

    private Reply trust(Call call) throws BackupException, Refusal {
        String certificate = Json.read(call.body(), Trusted.class).certificate;
        if (certificate == null) {
            throw Refusal.badRequest("request.value", "certificate", "the field \"certificate\" is missing: an X.509 certificate in PEM");
        }
        return Reply.ok(publisher(drivers.trust(certificate)));
    }

    private Reply distrust(Call call) throws BackupException {
        drivers.distrust(call.name());
        return Reply.ok(List.of());
    }

    private Reply develop(Call call) throws BackupException, Refusal {
        drivers.development(Json.read(call.body(), Development.class).on);
        return Reply.ok(new Development(drivers.development()));
    }

    private static Row row(NodeName node, InstalledDriver driver) {
        return new Row(node.value(), driver.name(), driver.version(), driver.publisher(), driver.state().name().toLowerCase(Locale.ROOT),
                driver.devices().stream().map(DeviceName::value).toList(), driver.problem(), null);
    }

    private static Row changed(Drivers.Changed changed) {
        Row row = row(changed.node(), changed.driver());
        return new Row(row.node, row.name, row.version, row.publisher, row.state, row.devices, row.problem, changed.backedOut());
    }

    private static Trust publisher(Drivers.Publisher publisher) {
        return new Trust(publisher.name(), publisher.fingerprint(), Json.time(publisher.until()), publisher.own());
    }

    /**
     * @param problem   empty if all is well
     * @param backedOut of a change: why the version before runs again; else null
     */
    private record Row(String node, String name, String version, String publisher, String state, List<String> devices, String problem, String backedOut) {}

    /** @param certificate X.509 in PEM */
    private record Trusted(String certificate) {}

    /** @param own the appliance's own, which stays */
    private record Trust(String name, String fingerprint, String until, boolean own) {}

    /** @param on whether unsigned packages are let in */
    private record Development(boolean on) {}
}
