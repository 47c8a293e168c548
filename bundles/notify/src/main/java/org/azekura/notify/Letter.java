package org.azekura.notify;

/**
 * What people read.
 *
 * @param subject one line, without control characters
 * @param plain   lines end with a line feed
 * @param html    a whole document; what is not ours is escaped in it
 */
record Letter(String subject, String plain, String html) {}
