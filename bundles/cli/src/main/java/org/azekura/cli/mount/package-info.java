/**
 * The file system of a mounted snapshot, in this process: FUSE calls in, the client role of the home is asked over a connection that it takes like standard
 * input, and answers go back as they come. Nothing waits in native code but the one thread that takes the kernel's questions.
 */
package org.azekura.cli.mount;
