/**
 * The device driver for buckets of S3 and of services that speak it. A blob is one object, named prefix and key, put under the condition that there is none and never
 * written again. Up to 16 MiB are one request; what is longer goes in parts of 16 MiB, and is an object when the last request has joined them.
 */
package org.azekura.driver.s3;
