/*
 * Linux's SCSI generic driver for Java: the natives of org.azekura.driver.tape.sg.SgNative.
 *
 * A command is written to the device, waited for with poll, and read back, with the struct of SG_IO. The ioctl SG_IO itself would be one call, but
 * it can't be ended by another thread, and the kernel begins it anew after a signal whose handler asks for that: a WRITE would be sent twice.
 * The kernel takes what goes out in write(), and puts what comes in in read(): nothing touches a buffer of Java after a command was given up.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <poll.h>
#include <scsi/sg.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_org_azekura_driver_tape_sg_SgNative_##name
#define MOST_SENSE 252
#define MOST_CDB 32
#define THIRD_VERSION 30000
/* SCSI_GENERIC_MAJOR of linux/major.h. */
#define GENERIC_MAJOR 21

/* What receive() says beside 0 and -errno; as in SgNative. */
#define NOT_YET 1
#define WOKEN 2

static int generic(const struct stat *what) {
    return S_ISCHR(what->st_mode) && major(what->st_rdev) == GENERIC_MAJOR;
}

/* The descriptor, or -errno; -ENOTTY for what is no device of this driver. */
NATIVE(jint, open)(JNIEnv *env, jclass type, jbyteArray path) {
    (void) type;
    char name[4096];
    jsize length = (*env)->GetArrayLength(env, path);
    if (length >= (jsize) sizeof name) return -ENAMETOOLONG;
    (*env)->GetByteArrayRegion(env, path, 0, length, (jbyte *) name);
    name[length] = 0;

    /* Looked at first, for opening may do something by itself (a tape that rewinds when it is closed), and by its number: the kernel's tape
       driver knows the ioctl, too, and would write our requests on the tape. */
    struct stat what;
    if (stat(name, &what) < 0) return -errno;
    if (!generic(&what)) return -ENOTTY;
    int fd = open(name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return -errno;
    int version = 0;
    if (fstat(fd, &what) < 0 || !generic(&what) || ioctl(fd, SG_GET_VERSION_NUM, &version) < 0 || version < THIRD_VERSION) {
        close(fd);
        return -ENOTTY;
    }
    return fd;
}

NATIVE(jint, event)(JNIEnv *env, jclass type) {
    (void) env, (void) type;
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

NATIVE(void, wake)(JNIEnv *env, jclass type, jint event) {
    (void) env, (void) type;
    uint64_t one = 1;
    ssize_t written = write(event, &one, sizeof one);
    (void) written;
}

NATIVE(void, close)(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    close(fd);
}

/* Begins a command; direction is 0 none, 1 in, 2 out; data is direct, or null; sense is direct. Both must live until receive() has said 0.
   0 or -errno; never sent if it failed. */
NATIVE(jint, send)(JNIEnv *env, jclass type, jint fd, jbyteArray cdb, jint direction, jobject data, jint offset, jint length, jobject sense,
                   jint timeout_ms) {
    (void) type;
    unsigned char command[MOST_CDB];
    jsize size = (*env)->GetArrayLength(env, cdb);
    if (size > MOST_CDB) return -EINVAL;
    (*env)->GetByteArrayRegion(env, cdb, 0, size, (jbyte *) command);

    sg_io_hdr_t request;
    memset(&request, 0, sizeof request);
    request.interface_id = 'S';
    request.dxfer_direction = direction == 1 ? SG_DXFER_FROM_DEV : direction == 2 ? SG_DXFER_TO_DEV : SG_DXFER_NONE;
    request.cmd_len = (unsigned char) size;
    request.cmdp = command;
    request.timeout = (unsigned int) timeout_ms;
    if (direction != 0 && length > 0) {
        char *start = (*env)->GetDirectBufferAddress(env, data);
        if (start == NULL) return -EFAULT;
        request.dxferp = start + offset;
        request.dxfer_len = (unsigned int) length;
    } else {
        request.dxfer_direction = SG_DXFER_NONE;
    }
    request.sbp = (*env)->GetDirectBufferAddress(env, sense);
    jlong room = (*env)->GetDirectBufferCapacity(env, sense);
    request.mx_sb_len = (unsigned char) (room > MOST_SENSE ? MOST_SENSE : room);
    return write(fd, &request, sizeof request) < 0 ? -errno : 0;
}

/* The end of the command that runs, waiting for so long: 0, NOT_YET, WOKEN or -errno.
   result: status, host status, driver status, residual, length of sense. */
NATIVE(jint, receive)(JNIEnv *env, jclass type, jint fd, jint event, jint wait_ms, jintArray result) {
    (void) type;
    struct pollfd waited[] = {{.fd = fd, .events = POLLIN}, {.fd = event, .events = POLLIN}};
    int ready = poll(waited, 2, wait_ms);
    if (ready < 0) return errno == EINTR ? NOT_YET : -errno;
    if (waited[1].revents) return WOKEN;
    if (!(waited[0].revents & POLLIN)) return waited[0].revents ? -ENODEV : NOT_YET;

    /* Data and sense go where send() has said. */
    sg_io_hdr_t answer;
    memset(&answer, 0, sizeof answer);
    answer.interface_id = 'S';
    answer.pack_id = -1;
    if (read(fd, &answer, sizeof answer) < 0) return errno == EAGAIN || errno == EINTR ? NOT_YET : -errno;

    jint values[] = {answer.status, answer.host_status, answer.driver_status, answer.resid, answer.sb_len_wr};
    (*env)->SetIntArrayRegion(env, result, 0, 5, values);
    return 0;
}
