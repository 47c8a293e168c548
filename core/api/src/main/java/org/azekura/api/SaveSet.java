package org.azekura.api;

import java.util.List;

/**
 * What is saved of a client.
 *
 * @param roots         absolute paths, each saved with all that is below it
 * @param rules         tried in order, the first that matches decides
 * @param oneFileSystem whether directories on other file systems than their root are saved empty
 */
public record SaveSet(SaveSetName name, List<RawPath> roots, List<Rule> rules, boolean oneFileSystem) {

    public SaveSet {
        roots = List.copyOf(roots);
        rules = List.copyOf(rules);
    }
}
