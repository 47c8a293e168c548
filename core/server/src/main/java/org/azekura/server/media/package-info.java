/**
 * Which cartridge is for what. Decisions are pure functions of what is known ({@link org.azekura.server.media.VolumeChange}, {@link
 * org.azekura.server.media.Choice}, {@link org.azekura.server.media.Blame}); {@link org.azekura.server.media.MediaDesk} answers nodes by them and keeps what
 * came of it in the catalog. No node tells of errors or alerts yet.
 */
package org.azekura.server.media;
