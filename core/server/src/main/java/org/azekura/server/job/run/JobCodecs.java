package org.azekura.server.job.run;

import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.wire.RecordCodec;

/** The form of orders and results in the catalog's job rows. */
public final class JobCodecs {

    public static final RecordCodec<JobOrder> ORDERS = RecordCodec.ofRows(JobOrder.class, 16 << 20);
    public static final RecordCodec<JobResult> RESULTS = RecordCodec.ofRows(JobResult.class, 256 << 20);

    private JobCodecs() {}
}
