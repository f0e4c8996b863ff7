/* bench_dns_echo ADDRESS PORT: a bare echo of UDP packets by recvmmsg and sendmmsg, with the bit set that makes a
 * question an answer: what the kernel alone costs. One thread. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define BATCH 32

int main(int argc, char **argv)
{
	static unsigned char in[BATCH][1536];
	static struct sockaddr_in from[BATCH];
	static struct iovec iov[BATCH];
	static struct mmsghdr m[BATCH];
	struct sockaddr_in at = {.sin_family = AF_INET};
	int size = 1 << 20;
	if (argc != 3 || inet_pton(AF_INET, argv[1], &at.sin_addr) != 1)
		return 2;
	at.sin_port = htons((unsigned short)strtoul(argv[2], NULL, 10));
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0) {
		perror("bench_dns_echo");
		return 1;
	}
	puts("ready");
	fflush(stdout);
	for (;;) {
		for (int i = 0; i < BATCH; i++) {
			iov[i] = (struct iovec){in[i], sizeof(in[i])};
			m[i].msg_hdr = (struct msghdr){
			    .msg_name = &from[i], .msg_namelen = sizeof(from[i]), .msg_iov = &iov[i], .msg_iovlen = 1};
		}
		int n = recvmmsg(fd, m, BATCH, MSG_WAITFORONE, NULL);
		for (int i = 0; i < n; i++) {
			iov[i].iov_len = m[i].msg_len;
			in[i][2] |= 0x80;
		}
		for (int done = 0; done < n;) {
			int sent = sendmmsg(fd, m + done, (unsigned)(n - done), 0);
			done += sent > 0 ? sent : 1;
		}
	}
}
