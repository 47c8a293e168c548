/**
 * The server's own copy of every tree page, sealed as it was sent.
 *
 * <pre>
 * home/trees/NNNNNNNN.frames = frame*      as in a pack (see org.azekura.engine.pack), nothing between them, about 64 MiB
 * home/trees/sound           = N LF        decimal: files below N were durable as a whole before this was written
 * </pre>
 *
 * Files are numbered from 1; only the last one grows. There is no index on disk: opening looks at every frame's header,
 * and at every byte of the files that may have been torn by a power loss, which are those from {@code sound} on. Where an
 * id comes twice, the later frame counts, so a damaged page is healed by sending it again.
 */
package org.azekura.server.trees;
