package org.azekura.bench.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line of the raw results. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "line")
@JsonSubTypes({@JsonSubTypes.Type(value = Sample.class, name = "sample"), @JsonSubTypes.Type(value = Fact.class, name = "fact"),
        @JsonSubTypes.Type(value = Fault.class, name = "fault")})
public sealed interface Line permits Sample, Fact, Fault {}
