package org.azekura.driver.tape;

/** What a command was for: the same answer says different things of a medium that is read and of one that is written. */
enum Doing { READING, WRITING, LOADING, ASKING, MOVING }
