/** The client as a part of a job: whether it is there, how fast it may be, which keys it is given, what it tells, and how its part ends. */
package org.azekura.server.job.client;
