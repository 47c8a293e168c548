package org.azekura.engine.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The rule {@code details} of the grammar. */
final class DetailsForm {

    private DetailsForm() {}

    static byte[] encode(Details details) {
        ByteOutput out = new ByteOutput(1024);
        out.uint(details.roots().size());
        details.roots().forEach(root -> out.block(root.bytes()));
        out.uint(details.rules().size());
        for (Rule rule : details.rules()) {
            out.flag(rule.include());
            out.u8(code(rule.kind()));
            out.text(rule.value());
        }
        out.flag(details.oneFileSystem());
        out.uint(details.skipped().size());
        details.skipped().forEach(problem -> write(problem, out));
        return out.toBytes();
    }

    static Details decode(byte[] encoded) throws BackupException {
        ByteInput in = new ByteInput(encoded, ManifestForm.CORRUPT, "details of a snapshot manifest");
        try {
            Details details = new Details(roots(in), rules(in), in.flag("one file system"), skipped(in));
            in.end("details");
            return details;
        } catch (IllegalArgumentException e) {
            throw in.corrupt(e.getMessage());
        }
    }

    private static List<RawPath> roots(ByteInput in) throws BackupException {
        int count = in.count(1, "number of roots");
        List<RawPath> roots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            roots.add(new RawPath(in.block(in.remaining(), "root")));
        }
        return roots;
    }

    private static List<Rule> rules(ByteInput in) throws BackupException {
        int count = in.count(3, "number of rules");
        List<Rule> rules = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rules.add(new Rule(in.flag("include"), kind(in), in.text(in.remaining(), "rule")));
        }
        return rules;
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

    private static void write(PathProblem problem, ByteOutput out) {
        out.block(problem.path().bytes());
        out.text(problem.reason());
        out.uint(problem.ranges().size());
        for (PathProblem.Range range : problem.ranges()) {
            out.uint(range.from());
            out.uint(range.to());
        }
    }

    private static List<PathProblem> skipped(ByteInput in) throws BackupException {
        int count = in.count(3, "number of skipped paths");
        List<PathProblem> skipped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            RawPath path = new RawPath(in.block(in.remaining(), "path"));
            String reason = in.text(in.remaining(), "reason");
            int many = in.count(2, "number of ranges");
            List<PathProblem.Range> ranges = new ArrayList<>(many);
            for (int r = 0; r < many; r++) {
                ranges.add(new PathProblem.Range(in.uint(Long.MAX_VALUE, "from"), in.uint(Long.MAX_VALUE, "to")));
            }
            skipped.add(new PathProblem(path, reason, ranges));
        }
        return skipped;
    }
}
