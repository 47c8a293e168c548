package org.azekura.driver.serialchanger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;

/** A robot as its profile describes it. It has no eyes: its inventory is what was written down. Thread-safe, one call at a time. */
final class SerialChanger implements Changer {

    private final Profile profile;
    private final Talk talk;
    private final Path notes;
    private final Map<ElementAddress, Element.Content> first;
    private Stock stock;

    /**
     * @param notes file where it is written what is where
     * @param first what is where if there is no such file; null: nobody knows
     */
    SerialChanger(Profile profile, String port, Path notes, Map<ElementAddress, Element.Content> first) {
        this.profile = profile;
        this.talk = new Talk(port, profile);
        this.notes = notes;
        this.first = first;
    }

    private Stock stock() throws BackupException {
        talk.requireOpen();
        if (stock == null) {
            stock = Stock.open(profile, notes, first);
        }
        return stock;
    }

    @Override
    public String location() {
        return talk.port();
    }

    /** That it answers is all that such protocols tell for sure. */
    @Override
    public synchronized Drive.Identity identity() throws BackupException {
        Talk.Reply reply = talk.say(profile.identify().getBytes(StandardCharsets.ISO_8859_1));
        if (reply instanceof Talk.Refused refused) {
            throw failed("did not say who it is", refused);
        }
        return new Drive.Identity("", profile.name(), "", talk.port());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(false, true);
    }

    @Override
    public synchronized List<Element> inventory() throws BackupException {
        List<Element> elements = new ArrayList<>();
        int drives = 0;
        for (Map.Entry<ElementAddress, Element.Content> each : stock().contents().entrySet()) {
            Element.Kind kind = profile.group(each.getKey()).orElseThrow().kind();
            OptionalInt drive = kind == Element.Kind.DRIVE ? OptionalInt.of(drives++) : OptionalInt.empty();
            boolean reached = !stock.isBuried(each.getKey(), each.getValue() instanceof Element.Empty);
            elements.add(new Element(each.getKey(), kind, each.getValue(), Optional.empty(), drive, reached, ""));
        }
        return elements;
    }

    @Override
    public synchronized void move(ElementAddress from, ElementAddress to) throws BackupException {
        Profile.Move how = check(from, to);
        Element.Content cartridge = stock.at(from);
        Element.Content target = stock.at(to);
        int source = profile.group(from).orElseThrow().number(from);
        int destination = profile.group(to).orElseThrow().number(to);
        stock.put(from, new Element.Unknown(), to, new Element.Unknown());
        boolean first = true;
        for (Command command : how.commands()) {
            if (talk.say(command.bytes(source, destination)) instanceof Talk.Refused refused) {
                if (first) {
                    put(refused, from, cartridge, to, target);
                }
                throw failed("did not move what is in " + from + " to " + to, refused);
            }
            first = false;
        }
        stock.put(from, new Element.Empty(), to, cartridge instanceof Element.Unknown ? new Element.Unnamed() : cartridge);
    }

    private Profile.Move check(ElementAddress from, ElementAddress to) throws BackupException {
        Stock now = stock();
        Element.Content cartridge = now.at(from);
        Element.Content target = now.at(to);
        if (cartridge == null || target == null || from.equals(to)) {
            throw refusal("changer.address", "there is no move from " + from + " to " + to + " on " + location()
                    + (from.equals(to) ? "" : "; the elements of \"" + profile.name() + "\" are " + profile.groups().stream().map(Profile.Group::range).toList()));
        }
        if (cartridge instanceof Element.Empty) {
            throw refusal("changer.empty", "there is nothing in element " + from + " of " + location());
        }
        if (target instanceof Element.Named || target instanceof Element.Unnamed) {
            throw refusal("changer.taken", "there is something in element " + to + " of " + location() + " already");
        }
        if (now.isBuried(from, false) || now.isBuried(to, true)) {
            throw refusal("changer.address", "of a stack only the top is reached: not from " + from + " to " + to + " on " + location());
        }
        return profile.move(from, to).orElseThrow(() -> refusal("changer.address", "profile \"" + profile.name() + "\" has no command that moves from " + from + " to "
                + to));
    }

    private BackupException refusal(String code, String message) {
        return BackupException.device(code, location(), message, null);
    }

    /** The first command failed: all is where it was, unless the robot says that it never was there. */
    private void put(Talk.Refused refused, ElementAddress from, Element.Content cartridge, ElementAddress to, Element.Content target) throws BackupException {
        Profile.Meaning meaning = profile.codes().get(refused.code());
        switch (meaning == null ? Profile.Kind.HELD : meaning.kind()) {
            case EMPTY -> stock.put(from, new Element.Empty(), to, target);
            case TAKEN -> stock.put(from, cartridge, to, new Element.Unnamed());
            case HELD -> stock.put(from, cartridge, to, target);
            // where it is now, nobody knows
            case JAM, HARDWARE -> { }
        }
    }

    private BackupException failed(String what, Talk.Refused refused) {
        Profile.Meaning meaning = profile.codes().get(refused.code());
        String code = meaning == null ? "device.hardware" : switch (meaning.kind()) {
            case EMPTY -> "changer.empty";
            case TAKEN -> "changer.taken";
            case HELD -> "changer.held";
            case JAM -> "changer.jam";
            case HARDWARE -> "device.hardware";
        };
        String told = refused.code().isEmpty() ? "it says that it failed" : "it says code " + Talk.shown(refused.code());
        return BackupException.device(code, location(), "the robot on " + location() + " " + what + ": " + told
                + (meaning == null || meaning.text().isEmpty() ? "" : ", " + meaning.text()), null);
    }

    @Override
    public void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
        talk.requireOpen();
        throw BackupException.device("device.unsupported", location(), "the robot on " + location() + " can't exchange; move twice", null);
    }

    /** It finds itself again; what is where, it can't see. */
    @Override
    public synchronized void initialise() throws BackupException {
        stock();
        if (profile.calibrate() != null && talk.say(profile.calibrate().getBytes(StandardCharsets.ISO_8859_1)) instanceof Talk.Refused refused) {
            throw failed("did not calibrate", refused);
        }
    }

    /** A call that waits for the robot ends with it. */
    void close() {
        talk.close();
    }
}
