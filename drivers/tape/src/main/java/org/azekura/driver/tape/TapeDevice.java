package org.azekura.driver.tape;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.iscsi.IscsiPath;
import org.azekura.driver.tape.replay.RecordedPath;
import org.azekura.driver.tape.scsi.ScsiAddress;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A tape library, or a single drive, as a device. Settings that will not do end its activation with a message that says why. */
@Component(name = "org.azekura.driver.tape", service = Library.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TapeDevice.Settings.class, factory = true)
public final class TapeDevice implements Library {

    private static final int MOST_DRIVES = 64;
    private static final int KIB = 1024;

    private final TapeLibrary library;

    @ObjectClassDefinition(name = "Tape library", description = "Tape drives, and the robot that feeds them, by SCSI: on this machine or over iSCSI.")
    public @interface Settings {

        @AttributeDefinition(name = "Changer", description = "The robot, like /dev/sg3 or iscsi://HOST:3260/TARGET/LUN; nothing if cartridges are put in by hand.")
        String changer() default "";

        @AttributeDefinition(name = "Drives", description = "The drives, separated by commas, like /dev/sg4,/dev/sg5 or iscsi://HOST:3260/TARGET/LUN.")
        String drives();

        @AttributeDefinition(name = "Drive elements", description = "Addresses of the drives in the library, in the order of the drives, separated by commas,"
                + " like 256,257; nothing if the changer says which drive is where, by serial numbers.")
        String driveElements() default "";

        @AttributeDefinition(name = "Longest block (KiB)", min = "64", max = "8192", description = "Longest block that is written and read, 64 to 8192; shorter if a drive takes no"
                + " longer ones. Whatever writes to the library may use less.")
        int longestBlock__KiB() default 1024;

        @AttributeDefinition(name = "Protect blocks", description = "Whether each block goes to the drive and comes back with a checksum that both sides look at,"
                + " where the drive can do that (logical block protection: CRC-32C, or the Reed-Solomon code of LTO-6 and before).")
        boolean protectBlocks() default true;

        @AttributeDefinition(name = "CHAP file", description = "Absolute path of a file on the node, readable for its user only, that says who this host is to"
                + " iSCSI targets that want to know: lines \"user = NAME\" and \"secret = SECRET\"; with \"targetUser = NAME\" and"
                + " \"targetSecret = SECRET\" the target has to prove itself, too. Nothing for none.")
        String chapFile() default "";

        @AttributeDefinition(name = "Recordings", description = "Absolute path of a folder in which all that is asked and answered is written down, for who"
                + " looks for the cause of trouble; nothing for none. Blocks are not kept, keys neither. Slows down a little.")
        String recordings() default "";
    }

    @Activate
    public TapeDevice(Settings settings) throws BackupException {
        library = new TapeLibrary(setup(settings));
    }

    static TapeLibrary.Setup setup(Settings settings) throws BackupException {
        List<ScsiPath> drives = new ArrayList<>();
        LinkedHashSet<String> named = new LinkedHashSet<>();
        // it has no default: who leaves it out gives null
        String given = Objects.requireNonNullElse(settings.drives(), "");
        for (String url : list(given)) {
            drives.add(recorded(settings, known(settings, ScsiAddress.parse("drives", url))));
            if (!named.add(url)) {
                throw Trouble.setting("drives", given, url + " is there twice");
            }
        }
        if (drives.isEmpty() || drives.size() > MOST_DRIVES) {
            throw Trouble.setting("drives", given, "name 1 to " + MOST_DRIVES + " drives, separated by commas, like /dev/sg4,/dev/sg5");
        }
        String changer = settings.changer().trim();
        if (named.contains(changer)) {
            throw Trouble.setting("changer", changer, "it is one of the drives");
        }
        int longest = settings.longestBlock__KiB();
        if (longest < 64 || longest > 8192) {
            throw Trouble.setting("longestBlock_KiB", Integer.toString(longest), "give 64 to 8192");
        }
        Optional<ScsiPath> robot = changer.isEmpty() ? Optional.empty() : Optional.of(recorded(settings, known(settings, ScsiAddress.parse("changer", changer))));
        return new TapeLibrary.Setup(robot, drives, elements(settings.driveElements(), drives.size()), longest * KIB, settings.protectBlocks(), HostKey.own());
    }

    private static ScsiPath known(Settings settings, ScsiPath path) throws BackupException {
        return IscsiPath.known(path, settings.chapFile().strip());
    }

    private static ScsiPath recorded(Settings settings, ScsiPath path) throws BackupException {
        String given = settings.recordings().strip();
        if (given.isEmpty()) {
            return path;
        }
        Path folder = Path.of(given);
        if (!folder.isAbsolute() || !Files.isDirectory(folder)) {
            throw Trouble.setting("recordings", given, "name the absolute path of a folder that is there, like /srv/recordings");
        }
        return new RecordedPath(path, folder);
    }

    private static List<String> list(String value) {
        return List.of(value.split(",")).stream().map(String::trim).filter(part -> !part.isEmpty()).toList();
    }

    private static List<ElementAddress> elements(String value, int drives) throws BackupException {
        List<ElementAddress> elements = new ArrayList<>();
        try {
            for (String address : list(value)) {
                elements.add(new ElementAddress(Integer.parseInt(address)));
            }
        } catch (IllegalArgumentException e) {
            throw Trouble.setting("driveElements", value, "give addresses separated by commas, like 256,257");
        }
        if (!elements.isEmpty() && (elements.size() != drives || elements.stream().distinct().count() != drives)) {
            throw Trouble.setting("driveElements", value, "give one address for each of the " + drives + " drives, or none");
        }
        return elements;
    }

    @Deactivate
    void close() {
        library.close();
    }

    /** What an engineer asks its parts. */
    TapeCommands commands() {
        return new TapeCommands(library);
    }

    @Override
    public Optional<Changer> changer() {
        return library.changer();
    }

    @Override
    public List<Drive> drives() {
        return library.drives();
    }

    @Override
    public String location() {
        return library.location();
    }

    @Override
    public void selfTest() throws BackupException {
        library.selfTest();
    }
}
