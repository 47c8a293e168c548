/** Has media lock what the lock of their pool keeps: every pack that a kept snapshot needs, then its manifest, which says that all of it is done. */
package org.azekura.server.job.lock;
