/*
 * What one Ingress (its annotations) or one rule of an HTTPRoute (its filters) asks of a request beyond where it goes: a policy is
 * a list of options. The model makes them of typed values (nothing in them is text that nginx reads as configuration), the table file
 * carries them, and minik's nginx module acts on them at run time. Both sides include this header; it needs nothing but stdint.
 *
 * An option is {which, num, a, b}; what is not named below is 0 or empty. "list": it may occur several times, in its order.
 * Numbers are never reused or changed: nginx may be a start older than minik. A module that meets an option it does not know
 * answers requests of that policy with 500 and says why in its log.
 */
#pragma once

enum ing_opt {
	/* --- an answer without a backend; looked at in this order --- */
	OPT_REFUSED = 1,    /* 503: what the owner asks for cannot be granted (an event says why) */
	OPT_HTTPS_REDIRECT, /* num: status (308). A request that came by plain HTTP goes to https:// with host and URI as they are */
	OPT_REDIRECT,       /* num: status; a: where, as it stands (permanent-redirect, temporal-redirect) */
	OPT_APP_ROOT,       /* a: path; a request for "/" is sent there by 302 */
	OPT_REDIRECT_PARTS, /* num: status. Of the request's URL these are exchanged (Gateway's RequestRedirect): */
	OPT_REDIRECT_SCHEME, /* a */
	OPT_REDIRECT_HOST,   /* a */
	OPT_REDIRECT_PORT,   /* num */
	OPT_REDIRECT_PATH,   /* a: the whole path */
	OPT_REDIRECT_PREFIX, /* a: in the place of the prefix that matched */
	OPT_REDIRECT_TO,     /* as OPT_REDIRECT, but with variables in a: $host, $scheme, $request_uri, $uri, $args, $is_args */

	/* --- who may come in --- */
	OPT_ALLOW = 20,      /* list; a: address or network. Whoever is in none of them: 403 */
	OPT_DENY,            /* list; a: address or network: 403 */
	OPT_SATISFY_ANY,     /* one of the address lists, basic and external authentication is enough */
	OPT_BASIC,           /* a: realm. 401 without a user of OPT_BASIC_USER */
	OPT_BASIC_USER,      /* list; a: name, b: hash as crypt(3) has it, or {SHA}, {SSHA}, $apr1$ */
	OPT_AUTH_URL,        /* a: URL to ask (this, the next URL and the key may have variables of the request). 2xx: in; 401, 403: out; else 500 */
	OPT_AUTH_METHOD,     /* a: GET (default), HEAD, POST ... */
	OPT_AUTH_SIGNIN,     /* a: URL that a 401 is turned into (302), with the request's URL in the query unless it has that argument */
	OPT_AUTH_SIGNIN_PARAM, /* a: "rd" */
	OPT_AUTH_RESPONSE_HEADER, /* list; a: header of the answer that is handed to the backend */
	OPT_AUTH_REQUEST_HEADER,  /* list; a: name, b: value, sent to the URL */
	OPT_AUTH_REQUEST_REDIRECT, /* a: value of X-Auth-Request-Redirect */
	OPT_AUTH_ALWAYS_COOKIE,    /* Set-Cookie of the answer goes to the client whatever the backend's status */
	OPT_AUTH_CACHE,       /* num: ms; a: header or cookie names that make the key, by commas, or text with $variables of expand.c;
			       * answers 2xx and 401 may be kept that long */
	OPT_CLIENT_CERT_ERROR, /* a: URL for who has no valid certificate, in the place of 400 */
	OPT_CLIENT_CERT_PASS,  /* the certificate goes to the backend as ssl-client-cert */
	OPT_CLIENT_CERT_CN,    /* list; a: the subject's CN must be one of them */
	OPT_CLIENT_CERT,       /* num: enum ing_verify. The host of this policy asks for certificates (see ing_server) */

	/* --- how much --- */
	OPT_LIMIT_RPS = 50, /* num: requests a second and client address; above: 503 */
	OPT_LIMIT_RPM,      /* num: a minute */
	OPT_LIMIT_BURST,    /* num: multiplier of the burst over the rate (5) */
	OPT_LIMIT_CONNECTIONS, /* num: at the same time, by client address */
	OPT_LIMIT_EXEMPT,      /* list; a: address or network that has no limits */
	OPT_LIMIT_RATE,        /* num: bytes/s of an answer */
	OPT_LIMIT_RATE_AFTER,  /* num: bytes before that holds */
	OPT_BODY_MAX,          /* num: bytes of a request's body, 0: no limit. Without the option: 1 MiB. Above: 413 */

	/* --- what the backend is asked --- */
	OPT_PROTOCOL = 70,  /* num: enum ing_protocol */
	OPT_REWRITE,        /* a: new URI; $1 to $9 are the groups of the path's regular expression */
	OPT_REWRITE_PATH,   /* a: whole path (Gateway) */
	OPT_REWRITE_PREFIX, /* a: in the place of the prefix that matched (Gateway) */
	OPT_UPSTREAM_HOST,  /* a: Host that the backend hears */
	OPT_FORWARDED_PREFIX, /* a: X-Forwarded-Prefix */
	OPT_REQUEST_SET,    /* list; a: name, b: value */
	OPT_REQUEST_ADD,    /* list */
	OPT_REQUEST_REMOVE, /* list; a: name */
	OPT_CONNECTION_HEADER, /* a: Connection that the backend hears */
	OPT_MIRROR,         /* list; num: index of the backend that gets a copy whose answer nobody waits for (Gateway);
			* a: of how many of a million requests, empty: of all */

	/* --- how the backend is spoken to --- */
	OPT_CONNECT_TIMEOUT = 90, /* num: ms (5 s) */
	OPT_SEND_TIMEOUT,         /* num: ms (60 s) */
	OPT_READ_TIMEOUT,         /* num: ms (60 s) */
	OPT_REQUEST_TIMEOUT,      /* num: ms for the whole request (Gateway's timeouts.request): 504 */
	OPT_BUFFERING,            /* num: 0 or 1 (0) */
	OPT_REQUEST_BUFFERING,    /* num: 0 or 1 (1) */
	OPT_BUFFER_SIZE,          /* num: bytes */
	OPT_BUFFERS,              /* num: how many */
	OPT_TEMP_FILE_MAX,        /* num: bytes */
	OPT_HTTP_VERSION,         /* num: 10 or 11 (11) */
	OPT_NEXT_UPSTREAM,        /* num: mask of enum ing_next */
	OPT_NEXT_TRIES,           /* num (3) */
	OPT_NEXT_TIMEOUT,         /* num: ms, 0: none */
	OPT_TLS_CERT,             /* a, b: PEM of certificate and key that minik shows to the backend */
	OPT_TLS_CA,               /* a: PEM */
	OPT_TLS_VERIFY,           /* num: 0 or 1: the backend's certificate must be good */
	OPT_TLS_DEPTH,            /* num */
	OPT_TLS_NAME,             /* a: name in the certificate and, with OPT_TLS_SNI, in SNI */
	OPT_TLS_SNI,              /* num: 0 or 1 */
	OPT_TLS_PROTOCOLS,        /* num: mask, bit n is TLS 1.n */
	OPT_TLS_CIPHERS,          /* a */

	/* --- always the same endpoint --- */
	OPT_COOKIE = 130,      /* a: name. The cookie leads to the endpoint that had the client last */
	OPT_COOKIE_PATH,       /* a */
	OPT_COOKIE_DOMAIN,     /* a */
	OPT_COOKIE_MAX_AGE,    /* num: seconds */
	OPT_COOKIE_EXPIRES,    /* num: seconds from now */
	OPT_COOKIE_SAMESITE,   /* a: None, Lax, Strict */
	OPT_COOKIE_SAMESITE_CONDITIONAL, /* None is left out for clients that take it for Strict */
	OPT_COOKIE_SECURE,     /* num: 0 or 1; without: by the request's scheme */
	OPT_COOKIE_ON_FAILURE, /* another endpoint, and a new cookie, when the chosen one fails */
	OPT_COOKIE_PERSISTENT, /* new endpoints take over nobody (affinity-mode persistent) */
	OPT_COOKIE_CANARY_LEGACY, /* affinity-canary-behavior legacy: what is decided for canary is not kept */
	OPT_HASH, /* a: text with $variables of expand.c; requests for which it is the same go to the same num (1) endpoints, one of
		   * them by chance. Where it comes to nothing they go by turns; OPT_COOKIE is stronger */

	/* --- what the client hears --- */
	/* num: 0, or 1: as the Gateway API has it: without origins nobody may come, a star is any number of labels,
	 * origins are told as they came, and preflight requests never reach the backend */
	OPT_CORS = 150,
	OPT_CORS_ORIGIN,   /* list; a: origin, "*", or an origin whose first label is "*" */
	OPT_CORS_METHODS,  /* a */
	OPT_CORS_HEADERS,  /* a */
	OPT_CORS_EXPOSE,   /* a */
	OPT_CORS_CREDENTIALS, /* num: 0 or 1 (1) */
	OPT_CORS_MAX_AGE,  /* num: seconds */
	OPT_RESPONSE_SET,  /* list; a: name, b: value */
	OPT_RESPONSE_ADD,  /* list */
	OPT_RESPONSE_REMOVE, /* list; a: name */
	OPT_ACCESS_LOG,    /* num: 0 or 1 (1) */
	/* of the backend's answer: */
	OPT_SET_COOKIE_DOMAIN, /* a: b in its place, in Domain of Set-Cookie */
	OPT_SET_COOKIE_PATH,   /* a at its beginning: b in its place, in Path of Set-Cookie */
	OPT_LOCATION,          /* the same in Location and in the URL of Refresh; both with variables of OPT_REDIRECT_TO, $http_host and $best_http_host */
	OPT_HSTS = 180,    /* a: Strict-Transport-Security of answers to who has come by TLS */

	/* --- what is given for all of a class (params.c) --- */
	OPT_LIMIT_REQ_STATUS = 190, /* num: of what is above OPT_LIMIT_RPS or _RPM (503) */
	OPT_LIMIT_CONN_STATUS,      /* num: of what is above OPT_LIMIT_CONNECTIONS (503) */

	/* --- other answers --- */
	OPT_ERROR_CODE = 200, /* list; num: an answer with this status, a backend's or nginx's own, is exchanged for that of */
	OPT_ERROR_BACKEND,    /* a: key of a backend; without it, or without endpoints, answers stay as they are */
	OPT_ERROR_KEEP,       /* what a backend itself says stays as it is */
};

enum ing_protocol { ING_HTTP, ING_HTTPS, ING_GRPC, ING_GRPCS, ING_AUTO_HTTP /* HTTP or HTTPS, as the client came */ };
enum ing_verify { ING_VERIFY_OFF, ING_VERIFY_ON, ING_VERIFY_OPTIONAL, ING_VERIFY_ANY_CA /* optional_no_ca */ };
/* proxy-next-upstream's words */
enum ing_next {
	ING_NEXT_ERROR = 1 << 0,
	ING_NEXT_TIMEOUT = 1 << 1,
	ING_NEXT_INVALID_HEADER = 1 << 2,
	ING_NEXT_500 = 1 << 3,
	ING_NEXT_502 = 1 << 4,
	ING_NEXT_503 = 1 << 5,
	ING_NEXT_504 = 1 << 6,
	ING_NEXT_403 = 1 << 7,
	ING_NEXT_404 = 1 << 8,
	ING_NEXT_429 = 1 << 9,
	ING_NEXT_NON_IDEMPOTENT = 1 << 10,
	ING_NEXT_OFF = 1 << 11,
};
