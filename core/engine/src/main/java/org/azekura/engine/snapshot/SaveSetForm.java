package org.azekura.engine.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The part of a manifest that says what was to be saved. */
final class SaveSetForm {

    private SaveSetForm() {}

    static void write(SaveSet set, ByteOutput out) {
        out.text(set.name().value());
        out.uint(set.roots().size());
        set.roots().forEach(root -> out.block(root.bytes()));
        out.uint(set.rules().size());
        for (Rule rule : set.rules()) {
            out.flag(rule.include());
            out.u8(code(rule.kind()));
            out.text(rule.value());
        }
        out.flag(set.oneFileSystem());
    }

    static SaveSet read(ByteInput in) throws BackupException {
        SaveSetName name = new SaveSetName(in.text(63, "save set"));
        int rootCount = in.count(1, "number of roots");
        List<RawPath> roots = new ArrayList<>(rootCount);
        for (int i = 0; i < rootCount; i++) {
            roots.add(new RawPath(in.block(in.remaining(), "root")));
        }
        int ruleCount = in.count(3, "number of rules");
        List<Rule> rules = new ArrayList<>(ruleCount);
        for (int i = 0; i < ruleCount; i++) {
            rules.add(new Rule(in.flag("include"), kind(in), in.text(in.remaining(), "rule")));
        }
        return new SaveSet(name, roots, rules, in.flag("one file system"));
    }

    private static int code(Rule.Kind kind) {
        return switch (kind) {
            case GLOB -> 0;
            case REGEX -> 1;
            case LARGER -> 2;
            case MARKER -> 3;
        };
    }

    private static Rule.Kind kind(ByteInput in) throws BackupException {
        int code = in.u8("kind of a rule");
        return switch (code) {
            case 0 -> Rule.Kind.GLOB;
            case 1 -> Rule.Kind.REGEX;
            case 2 -> Rule.Kind.LARGER;
            case 3 -> Rule.Kind.MARKER;
            default -> throw in.corrupt("rule of kind " + code + ", expected 0 to 3");
        };
    }
}
