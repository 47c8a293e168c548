package org.azekura.testkit.fault;

/** What is asked of a device. Each is one step. */
public enum Call { CREATE, WRITE, COMMIT, READ, SIZE, LIST, DELETE, SPACE }
