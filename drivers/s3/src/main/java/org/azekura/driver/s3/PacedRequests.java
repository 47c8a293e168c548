package org.azekura.driver.s3;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.azekura.api.device.Meter;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets requests go no more often than they may, those that are made again among them, and counts them as Amazon bills them ("Amazon S3 pricing"): PUT, COPY, POST and LIST dearly, GET and
 * all others cheaply, DELETE not at all. Bytes that go out are counted here by what the request says: its body is read twice where it is signed.
 */
record PacedRequests(Pace pace, Meter meter) implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        try {
            pace.take(1);
        } catch (InterruptedIOException e) {
            throw AbortedException.create(e.getMessage(), new UncheckedIOException(e));
        }
        count(context.httpRequest());
    }

    private void count(SdkHttpRequest request) {
        switch (request.method()) {
            case PUT -> {
                meter.write();
                meter.in(request.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L));
            }
            case POST, PATCH -> meter.write();
            case DELETE -> meter.free();
            case GET -> {
                if (isListing(request)) {
                    meter.write();
                } else {
                    meter.read();
                }
            }
            case HEAD, OPTIONS -> meter.read();
        }
    }

    /** Of objects, of their versions, or of uploads. */
    private static boolean isListing(SdkHttpRequest request) {
        return request.rawQueryParameters().keySet().stream().anyMatch(name -> name.equals("list-type") || name.equals("versions") || name.equals("uploads"));
    }
}
