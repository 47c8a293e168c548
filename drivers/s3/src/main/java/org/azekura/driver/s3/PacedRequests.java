package org.azekura.driver.s3;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Lets requests go no more often than they may, those that are made again among them. */
record PacedRequests(Pace pace) implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        try {
            pace.take(1);
        } catch (InterruptedIOException e) {
            throw AbortedException.create(e.getMessage(), new UncheckedIOException(e));
        }
    }
}
