/** Which snapshots lose something when chunks are damaged or gone, and how that is remembered, so that the next backup heals it. */
package org.azekura.server.job.damage;
