package org.azekura.rest.media;

import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Element;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Pools;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Libraries of storage nodes, and what lies in them. */
public final class LibraryRoutes {

    private static final Parameter NODE = Parameter.text("node", "backup1", "The storage node that has it, if several have one of this name");

    private final Libraries libraries;
    private final Pools pools;

    public LibraryRoutes(Libraries libraries, Pools pools) {
        this.libraries = libraries;
        this.pools = pools;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("libraries").needs(Right.READ).says("Libraries of the storage nodes").lists(LibraryRow.class).asks(NODE)
                        .by(call -> Reply.ok(libraries.list(Names.node(call.query("node"))).stream().map(LibraryRoutes::row).toList())),
                Route.get("libraries/{library}").needs(Right.READ).says("A library and what is where in it, as its robot believes").answers(OneLibrary.class).asks(NODE)
                        .by(call -> Reply.ok(one(libraries.get(Names.device(call.place("library")), Names.node(call.query("node")))))),
                Route.post("libraries/{library}/drives/{drive}").needs(Right.OPERATE).says("Takes a drive out of use, or in again").answers(OneLibrary.class).asks(NODE)
                        .takes(Use.class, this::use),
                Route.get("volumes/{volume}").needs(Right.READ).says("One volume, by its label or barcode, and what drives told of its cartridge").answers(OneVolume.class)
                        .by(call -> volume(libraries.volume(call.place("volume")))),
                Route.post("volumes/{volume}/lock").needs(Right.OPERATE).says("Has nothing more written to a volume").answers(OneVolume.class)
                        .takes(Reason.class, (call, order) -> volume(libraries.lock(call.place("volume"), text(order.why, "an operator has locked it")))),
                Route.post("volumes/{volume}/unlock").needs(Right.OPERATE).says("Makes a locked volume what it was before").answers(OneVolume.class)
                        .dangerous(this::shelved).by(call -> volume(libraries.unlock(call.place("volume")))),
                Route.post("volumes/{volume}/accept").needs(Right.OPERATE).says("Believes in a volume that is suspect").answers(OneVolume.class)
                        .dangerous(this::shelved).by(call -> volume(libraries.accept(call.place("volume")))));
    }

    private Terms shelved(Call call) throws BackupException {
        Volume volume = libraries.volume(call.place("volume")).volume();
        return new Terms(volume.id().toString(), volume.pool().value(), volume.label(), volume.state().word(), volume.why());
    }

    /** What is believed of a volume. */
    private record Terms(String id, String pool, String label, String state, String why) {}

    private Reply use(Call call, Use use) throws BackupException, Refusal {
        if (use.up == null) {
            throw Refusal.badRequest("request.value", "up", "the field \"up\" is missing: true takes the drive in, false takes it out");
        }
        String number = call.place("drive");
        if (!number.matches("\\d{1,3}")) {
            throw Refusal.badRequest("request.value", "drive", "a drive is named by its number, like 0, not \"" + number + "\"");
        }
        return Reply.ok(one(libraries.use(Names.device(call.place("library")), Names.node(call.query("node")), Integer.parseInt(number), use.up,
                text(use.why, "an operator has taken it out"))));
    }

    private static String text(String why, String usual) throws Refusal {
        if (why == null || why.isBlank()) {
            return usual;
        }
        if (why.length() > 200 || why.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.badRequest("request.value", "why", "the field \"why\" says in up to 200 characters why");
        }
        return why.strip();
    }

    /** @param why null: nothing is said */
    private record Reason(String why) {}

    private record Use(Boolean up, String why) {}

    private Reply volume(Libraries.Shelved found) throws BackupException {
        Volume volume = found.volume();
        SetPlace place = SetPlace.of(pools, volume.pool());
        return Reply.ok(new OneVolume(volume.label(), volume.barcode(), place.pool(), volume.state().word(), volume.location(), volume.used(), volume.capacity(),
                volume.id().toString(), found.node() == null ? null : found.node().value(), found.device() == null ? null : found.device().value(), found.driver(),
                found.packs(), place.set(), volume.number(), Json.time(volume.labelled()), Json.time(volume.written()), volume.errors(), volume.why(),
                CartridgeUseView.of(found.use()), Json.time(found.unread())));
    }

    private static LibraryRow row(Libraries.Library library) {
        return new LibraryRow(library.name().value(), library.driver(), library.node().value(), library.problem().isEmpty() ? "ready" : "failed", library.location(),
                count(library, Element.Kind.SLOT), count(library, Element.Kind.MAIL_SLOT), count(library, Element.Kind.DRIVE),
                (int) library.places().stream().filter(place -> place.filling() == Element.Filling.CARTRIDGE).count(), library.problem());
    }

    private static int count(Libraries.Library library, Element.Kind kind) {
        return (int) library.places().stream().filter(place -> place.kind() == kind).count();
    }

    private static OneLibrary one(Libraries.Library library) {
        return new OneLibrary(library.name().value(), library.driver(), library.node().value(), library.location(), library.changer(),
                library.places().stream().map(LibraryRoutes::element).toList());
    }

    private static ElementRow element(Libraries.Place place) {
        return new ElementRow(place.address(), word(place.kind()), word(place.filling()), place.barcode() == null ? null : place.barcode().value(),
                place.volume() == null ? null : place.volume().label(), place.pool() == null ? null : place.pool().value(),
                place.volume() != null ? place.volume().state().word() : place.scratch() ? "scratch" : null, place.drive(), place.source(), place.accessible(), place.used(), place.cleanings(),
                place.problem(), place.health() == null ? null : place.health().state().word(), place.health() == null ? null : place.health().why(), place.warnings());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param state      ready or failed
     * @param cartridges in all of its places
     * @param problem    empty if it is ready
     */
    private record LibraryRow(String name, String driver, String node, String state, String location, int slots, int mailSlots, int drives, int cartridges,
            String problem) {}

    /** @param changer whether there is a robot */
    private record OneLibrary(String name, String driver, String node, String location, boolean changer, List<ElementRow> elements) {}

    /**
     * @param kind      picker, slot, mail-slot or drive
     * @param content   empty, cartridge or unknown
     * @param barcode   null if nothing is there, or nobody can tell
     * @param volume    its label; null if the catalog knows none
     * @param pool      of the volume, null if nobody knows
     * @param state     of the volume; scratch if its pool was deleted, null if nobody knows
     * @param drive     its number, null if it is none
     * @param source    where the cartridge was before, null if nobody knows
     * @param used      whether something goes on in the drive
     * @param cleanings how often the cleaning cartridge here was used
     * @param problem   empty if there is none
     * @param health    of a drive: unclean or down, null if nothing is known against it
     * @param why       that is so
     * @param warnings  what is to be looked at here
     */
    private record ElementRow(int address, String kind, String content, String barcode, String volume, String pool, String state, Integer drive, Integer source,
            boolean accessible, boolean used, int cleanings, String problem, String health, String why, List<String> warnings) {}

    /**
     * @param node   that has its pool, null if that is gone; device and driver likewise
     * @param packs  on it
     * @param set    which of its pool's media sets it is in
     * @param number of it within its set; says nothing of one that is scratch
     * @param labelled null if nobody knows, written likewise
     * @param errors that were not recovered
     * @param why    it is in its state, null if nothing is to be said
     * @param use    of its cartridge
     * @param unread when the pack that waits for it for the longest time was found whole last, or was written; null if there are none
     */
    private record OneVolume(String label, String barcode, String pool, String state, String location, long used, long capacity, String id, String node, String device,
            String driver, int packs, int set, int number, String labelled, String written, int errors, String why, CartridgeUseView use, String unread) {}
}
