package org.azekura.driver.tape.scsi;

/** Which way the data of a command go, seen from us. */
public enum Direction { NONE, IN, OUT }
