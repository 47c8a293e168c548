package org.azekura.engine.volume;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of drills in a checkpoint. */
final class DrillForm {

    private static final int MILLION = 1_000_000;

    private DrillForm() {}

    static void write(DrillItem.PlannedDrill plan, ByteOutput out) {
        out.text(plan.name().value());
        out.uint(plan.saveSets().size());
        plan.saveSets().forEach(set -> Parts.write(set, out));
        Parts.texts(plan.copies(), out);
        out.uint(plan.perMillion());
        out.uint(plan.files());
        Parts.text(plan.client(), out);
        Parts.write(plan.timing(), out);
    }

    static DrillItem.PlannedDrill planned(ByteInput in) throws BackupException {
        return new DrillItem.PlannedDrill(Parts.name(in, "plan", PolicyName::new), Parts.list(in, "save sets", Parts::saveSet),
                Parts.list(in, "copies", each -> Parts.name(each, "pool", PoolName::new)), (int) in.uint(MILLION, "part of the files"),
                (int) in.uint(Integer.MAX_VALUE, "files"), Parts.absent(in, "client", ClientName::new), Parts.timing(in));
    }

    static void write(DrillItem.Proven p, ByteOutput out) {
        out.uint(p.job().value());
        out.raw(p.snapshot().bytes());
        out.time(p.received());
        Parts.write(p.saveSet(), out);
        out.text(p.pool().value());
        out.text(p.client().value());
        out.flag(p.sample() != null);
        if (p.sample() != null) {
            out.sint(p.sample().seed());
            out.uint(p.sample().chosen());
            out.uint(p.sample().of());
        }
        out.time(p.began());
        out.time(p.ended());
        out.uint(p.entries());
        out.uint(p.bytes());
        out.uint(p.differences());
        out.uint(p.times().waiting());
        out.uint(p.times().restoring());
        out.uint(p.times().comparing());
        out.text(p.outcome());
    }

    static DrillItem.Proven proven(ByteInput in) throws BackupException {
        return new DrillItem.Proven(new JobId(number(in, "job")), Parts.snapshot(in), in.time("received"), Parts.saveSet(in), Parts.name(in, "pool", PoolName::new),
                Parts.name(in, "client", ClientName::new), in.flag("sample") ? new DrillItem.Sample(in.sint("seed"), number(in, "chosen"), number(in, "of")) : null,
                in.time("began"), in.time("ended"), number(in, "entries"), number(in, "bytes"), number(in, "differences"),
                new DrillItem.Times(number(in, "waiting"), number(in, "restoring"), number(in, "comparing")), in.text(Parts.MAX_NAME, "outcome"));
    }

    private static long number(ByteInput in, String what) throws BackupException {
        return in.uint(Long.MAX_VALUE, what);
    }
}
