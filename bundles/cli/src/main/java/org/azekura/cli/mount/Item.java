package org.azekura.cli.mount;

import org.azekura.engine.tree.Entry;

/**
 * What is at a path.
 *
 * @param stored bytes of a file that are no hole
 * @param names  of the file
 */
record Item(Entry entry, long stored, int names) {}
