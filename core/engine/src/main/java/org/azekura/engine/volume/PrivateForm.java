package org.azekura.engine.volume;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.TargetName;
import org.azekura.api.UserName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of what is private, before it is sealed. */
final class PrivateForm {

    private static final int TARGET = 0;
    private static final int PROVIDER = 1;
    private static final int KNOWN_AS = 2;
    private static final int DEVICE = 3;
    private static final int TOLD = 4;
    private static final int WORD = 5;

    private PrivateForm() {}

    static void write(PrivateItem item, ByteOutput out) {
        switch (item) {
            case PrivateItem.Target t -> {
                out.u8(TARGET);
                out.text(t.name().value());
                out.text(t.kind());
                out.flag(t.enabled());
                out.text(t.language());
                Parts.texts(t.settings(), out);
                Parts.texts(t.secrets(), out);
                Parts.texts(t.match(), out);
                out.text(t.quiet());
                out.time(t.made());
            }
            case PrivateItem.Provider p -> {
                out.u8(PROVIDER);
                out.text(p.name());
                out.text(p.issuer());
                out.text(p.client());
                out.flag(p.secret());
                Parts.texts(p.scopes(), out);
                out.text(p.claim());
                out.uint(p.grants().size());
                for (PrivateItem.Grant grant : p.grants()) {
                    out.text(grant.value());
                    out.text(grant.role());
                    Parts.texts(grant.clients(), out);
                }
                Parts.texts(p.domains(), out);
                out.flag(p.passwords());
            }
            case PrivateItem.KnownAs k -> {
                out.u8(KNOWN_AS);
                out.text(k.user().value());
                out.text(k.issuer());
                out.text(k.subject());
                out.text(k.shown());
                out.time(k.made());
            }
            case PrivateItem.DeviceBefore d -> {
                out.u8(DEVICE);
                out.text(d.node().value());
                out.text(d.name().value());
                out.text(d.driver());
                Parts.texts(d.settings(), out);
                Parts.texts(d.secrets(), out);
            }
            case PrivateItem.Told t -> {
                out.u8(TOLD);
                out.uint(t.job().value());
                Parts.texts(t.lines(), out);
            }
            case PrivateItem.Word w -> {
                out.u8(WORD);
                out.text(w.about());
                out.text(w.word());
            }
        }
    }

    /** @throws IllegalArgumentException if the parts do not make one */
    static PrivateItem read(ByteInput in) throws BackupException {
        int kind = in.u8("kind of what is sealed");
        return switch (kind) {
            case TARGET -> new PrivateItem.Target(Parts.name(in, "target", TargetName::new), in.text(Parts.MAX_NAME, "kind"), in.flag("enabled"),
                    in.text(Parts.MAX_NAME, "language"), Parts.map(in, "settings"), Parts.texts(in, "secrets"), Parts.texts(in, "match"), text(in, "quiet"), in.time("made"));
            case PROVIDER -> new PrivateItem.Provider(text(in, "name"), text(in, "issuer"), text(in, "client"), in.flag("secret"), Parts.texts(in, "scopes"), text(in, "claim"),
                    Parts.list(in, "grants", PrivateForm::grant), Parts.texts(in, "domains"), in.flag("passwords"));
            case KNOWN_AS -> new PrivateItem.KnownAs(Parts.name(in, "user", UserName::new), text(in, "issuer"), text(in, "subject"), text(in, "shown"), in.time("made"));
            case DEVICE -> new PrivateItem.DeviceBefore(Parts.name(in, "node", NodeName::new), Parts.name(in, "device", DeviceName::new), text(in, "driver"),
                    Parts.map(in, "settings"), Parts.texts(in, "secrets"));
            case TOLD -> new PrivateItem.Told(new JobId(in.uint(Long.MAX_VALUE, "job")), Parts.texts(in, "lines"));
            case WORD -> new PrivateItem.Word(text(in, "about"), text(in, "word"));
            default -> throw in.corrupt("something sealed of kind " + kind + ", expected 0 to " + WORD);
        };
    }

    private static PrivateItem.Grant grant(ByteInput in) throws BackupException {
        return new PrivateItem.Grant(text(in, "value"), in.text(Parts.MAX_NAME, "role"), Parts.list(in, "clients", each -> Parts.name(each, "client", ClientName::new)));
    }

    private static String text(ByteInput in, String what) throws BackupException {
        return in.text(Parts.MAX_TEXT, what);
    }
}
