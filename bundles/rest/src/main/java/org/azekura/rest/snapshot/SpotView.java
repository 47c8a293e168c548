package org.azekura.rest.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.azekura.api.PathProblem;

/**
 * A path and what is wrong with it.
 *
 * @param path   in percent form
 * @param ranges bytes that are missing; absent if the whole file is concerned or its data is complete
 */
public record SpotView(String path, String reason, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PathProblem.Range> ranges) {

    public static SpotView of(PathProblem problem) {
        return new SpotView(problem.path().toPercent(), problem.reason(), problem.ranges());
    }
}
