package org.azekura.engine.volume;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of save sets in a checkpoint. */
final class SaveSetForm {

    private static final List<Rule.Kind> RULES = List.of(Rule.Kind.GLOB, Rule.Kind.REGEX, Rule.Kind.LARGER, Rule.Kind.MARKER);

    private SaveSetForm() {}

    /** All of a save set that everybody may read; what is sealed is bound to it. */
    static byte[] clear(ConfigurationItem.KeptSet set) {
        ByteOutput out = new ByteOutput(256);
        out.u8(ConfigurationForm.SAVE_SET);
        out.text(set.client().value());
        Parts.text(set.via(), out);
        out.text(set.name().value());
        out.flag(set.oneFileSystem());
        Parts.text(set.hooks().pre(), out);
        Parts.text(set.hooks().post(), out);
        Parts.text(set.hooks().dump(), out);
        return out.toBytes();
    }

    /** What is sealed of a save set. */
    static byte[] paths(SaveSet set) {
        ByteOutput out = new ByteOutput(1024);
        out.uint(set.roots().size());
        set.roots().forEach(root -> out.block(root.bytes()));
        out.uint(set.rules().size());
        for (Rule rule : set.rules()) {
            out.flag(rule.include());
            out.u8(RULES.indexOf(rule.kind()));
            out.text(rule.value());
        }
        return out.toBytes();
    }

    /** @throws BackupException {@code checkpoint.corrupt} */
    static SaveSet saveSet(SaveSetName name, boolean oneFileSystem, byte[] paths) throws BackupException {
        ByteInput in = new ByteInput(paths, CheckpointForm.CORRUPT, "paths of save set " + name);
        List<RawPath> roots = Parts.list(in, "paths", each -> new RawPath(each.block(each.remaining(), "path")));
        List<Rule> rules = Parts.list(in, "rules", SaveSetForm::rule);
        in.end("paths");
        return new SaveSet(name, roots, rules, oneFileSystem);
    }

    static ConfigurationItem.KeptSet kept(ByteInput in) throws BackupException {
        return new ConfigurationItem.KeptSet(Parts.name(in, "client", ClientName::new), Parts.absent(in, "via", ClientName::new),
                    Parts.name(in, "save set", SaveSetName::new), in.flag("one file system"), new Hooks(Parts.absent(in, "pre", HookName::new),
                    Parts.absent(in, "post", HookName::new), Parts.absent(in, "dump", HookName::new)), in.block(ConfigurationForm.MAX_SEALED, "sealed paths"));
    }

    private static Rule rule(ByteInput in) throws BackupException {
        boolean include = in.flag("include");
        int kind = in.u8("kind of rule");
        if (kind >= RULES.size()) {
            throw in.corrupt("rule of kind " + kind + ", expected 0 to " + (RULES.size() - 1));
        }
        return new Rule(include, RULES.get(kind), in.text(in.remaining(), "rule"));
    }
}
