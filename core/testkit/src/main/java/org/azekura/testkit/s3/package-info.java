/** A real peer that speaks S3, on loopback: {@link org.azekura.testkit.s3.Radosgw}. What a test forgets ends with its JVM. */
package org.azekura.testkit.s3;
