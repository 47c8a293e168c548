package org.azekura.rest.call;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/** A list seen through a function, one element at a time: a million paths are written without a second million beside them. */
public final class Mapped<A, B> extends AbstractList<B> {

    private final List<A> from;
    private final Function<A, B> function;

    public Mapped(List<A> from, Function<A, B> function) {
        this.from = from;
        this.function = function;
    }

    @Override
    public B get(int index) {
        return function.apply(from.get(index));
    }

    @Override
    public int size() {
        return from.size();
    }
}
