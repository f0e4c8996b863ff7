-- What nginx does at run time: picks route, endpoint and certificate from the shared dictionary `minik`, which minik changes in
-- place over the control socket. Keys and values are as ingress/nginx.h describes them; "v" counts changes.
--
-- Every worker keeps what it has parsed. When the count has changed, an entry's text is fetched and compared once before it is
-- used again; what did not change is not parsed again.
local balancer = require "ngx.balancer"
local ssl = require "ngx.ssl"

local M = {}
local dict = ngx.shared.minik
local find, sub, gmatch, gsub, char, lower = string.find, string.sub, string.gmatch, string.gsub, string.char, string.lower
local MAX_CACHED = 50000

local seen, turn_no, cached = nil, 0, 0
local hosts, backends, certs = {}, {}, {}

local function unquote(s)
	return (gsub(s, "%%(%x%x)", function(h) return char(tonumber(h, 16)) end))
end

local function turn()
	local v = dict:get("v")
	if v ~= seen then
		seen = v
		turn_no = turn_no + 1
		if cached > MAX_CACHED then
			hosts, backends, certs, cached = {}, {}, {}, 0
		end
	end
end

local function lookup(cache, key, parse)
	local c = cache[key]
	if c and c.turn == turn_no then
		return c
	end
	local raw = dict:get(key)
	if not raw then
		if c then
			cache[key] = nil
			cached = cached - 1
		end
		return nil
	end
	if not c or c.raw ~= raw then
		if not c then
			cached = cached + 1
		end
		c = parse(raw)
		c.raw = raw
		cache[key] = c
	end
	c.turn = turn_no
	return c
end

local function parse_host(raw)
	local h = {exact = {}, prefix = {}, depth = 0, longest = 0}
	for kind, path, backend, flags in gmatch(raw, "(%u),([^,;]*),([^,;]*),([^,;]*)") do
		path = unquote(path)
		local r = {backend = "b/" .. backend, redirect = flags == "r"}
		if kind == "E" then
			h.exact[path] = r
		elseif kind == "P" then
			h.prefix[path] = r
			local _, slashes = gsub(path, "/", "")
			h.depth = math.max(h.depth, slashes)
			h.longest = math.max(h.longest, #path)
		else
			h.default = r
		end
	end
	return h
end

local function parse_backend(raw)
	local name, port = raw:match("^X,([^,;]+),(%d+)$")
	if name then
		return {external = name .. ":" .. port}
	end
	local b = {}
	for addr, number in gmatch(raw, "([^,;]+),(%d+)") do
		if find(addr, ":", 1, true) then
			addr = "[" .. addr .. "]"
		end
		b[#b + 1] = {addr = addr, port = tonumber(number)}
	end
	-- Workers must not go round in step.
	b.next = #b > 0 and math.random(#b) or 0
	return b
end

local function parse_cert(raw)
	local c = {}
	local cert, key = raw:match("^([^,]*),([^,]*)$")
	local chain, err = ssl.parse_pem_cert(unquote(cert or ""))
	if chain then
		c.key, err = ssl.parse_pem_priv_key(unquote(key))
		c.chain = c.key and chain
	end
	if not c.chain then
		ngx.log(ngx.ERR, "cannot read a certificate: ", err)
	end
	return c
end

-- "a.example.com" -> "*.example.com": a wildcard stands for one label.
local function wildcard(name)
	local dot = find(name, ".", 1, true)
	return dot and dot > 1 and "*" .. sub(name, dot)
end

-- The longest prefix wins; no more is looked at than the longest path of the host has elements and bytes.
local function match(h, uri)
	local r = h.exact[uri]
	if r then
		return r
	end
	local prefix = h.prefix
	local best = prefix[""]
	local pos = 1
	for _ = 1, h.depth do
		local slash = find(uri, "/", pos + 1, true)
		local stop = (slash or #uri + 1) - 1
		if stop > h.longest then
			break
		end
		best = prefix[sub(uri, 1, stop)] or best
		if not slash then
			break
		end
		pos = slash
	end
	return best or h.default
end

function M.route()
	turn()
	local host = ngx.var.host
	local h = lookup(hosts, "h/" .. host, parse_host)
	if not h then
		local wild = wildcard(host)
		h = wild and lookup(hosts, "h/" .. wild, parse_host)
	end
	local any
	if not h or host == "*" then
		any = lookup(hosts, "h/*", parse_host)
		h = any
	end
	local r = h and match(h, ngx.var.uri)
	if not r then
		any = any or lookup(hosts, "h/*", parse_host)
		r = any and any.default
	end
	if not r then
		ngx.status = 404
		ngx.print("default backend - 404\n")
		return ngx.exit(404)
	end
	if r.redirect and ngx.var.scheme == "http" then
		local port = M.https_port == 443 and "" or ":" .. M.https_port
		return ngx.redirect("https://" .. host .. port .. ngx.var.request_uri, 308)
	end
	-- "GET http://a/ HTTP/1.1" with "Host: b" is a request for a (RFC 9112 section 3.2.2): the backend must not hear b.
	local said = ngx.var.http_host
	if said ~= host and said and lower(said):match("^(.-)%.?:?%d*$") ~= host then
		ngx.var.minik_host = host
	end
	local b = lookup(backends, r.backend, parse_backend)
	if b and b.external and M.external then
		ngx.var.minik_external = b.external
		return ngx.exec("@external")
	end
	if not b or not b[1] then
		return ngx.exit(503)
	end
	local ctx = ngx.ctx
	ctx.minik_key, ctx.minik_backend = r.backend, b
end

-- Asked once for each try: a try after the first takes the endpoints as they are by then.
function M.balance()
	local ctx = ngx.ctx
	local b = ctx.minik_backend
	local n
	if b then
		ctx.minik_backend = nil
		n = #b
		if n > 1 then
			balancer.set_more_tries(n > 2 and 2 or 1)
		end
	else
		turn()
		b = lookup(backends, ctx.minik_key, parse_backend)
		n = b and #b or 0
		if n == 0 then
			return ngx.exit(503)
		end
	end
	local i = b.next % n + 1
	b.next = i
	local ok, err = balancer.set_current_peer(b[i].addr, b[i].port)
	if not ok then
		ngx.log(ngx.ERR, "cannot use endpoint ", b[i].addr, ": ", err)
		return ngx.exit(500)
	end
end

function M.certificate()
	local name = ssl.server_name()
	if not name then
		return
	end
	name = lower(name)
	turn()
	local c = lookup(certs, "c/" .. name, parse_cert)
	if not c then
		local wild = wildcard(name)
		c = wild and lookup(certs, "c/" .. wild, parse_cert)
	end
	if not c or not c.chain then
		return
	end
	local ok, err = ssl.clear_certs()
	if ok then
		ok, err = ssl.set_cert(c.chain)
	end
	if ok then
		ok, err = ssl.set_priv_key(c.key)
	end
	if not ok then
		ngx.log(ngx.ERR, "cannot set the certificate of ", name, ": ", err)
		return ngx.exit(ngx.ERROR)
	end
end

-- Applies lines in their order: "=KEY VALUE" sets, "-KEY" removes. full: what no line sets is removed at the end.
local function apply(text, full)
	local keep = full and {v = true}
	local n, pos, len = 0, 1, #text
	while pos <= len do
		local stop = find(text, "\n", pos, true)
		if not stop then
			return nil, "the last line is cut off"
		end
		local op, key, value = sub(text, pos, stop - 1):match("^([=-])([bch]/[^ ]+) ?([^ ]*)$")
		if not op then
			return nil, "line " .. n + 1 .. " is malformed"
		end
		if op == "-" then
			dict:delete(key)
		else
			-- safe_set: never throws other routes out to make room.
			local ok, err = dict:safe_set(key, value)
			if not ok then
				return nil, err
			end
			if keep then
				keep[key] = true
			end
		end
		n = n + 1
		pos = stop + 1
	end
	if keep then
		for _, key in ipairs(dict:get_keys(0)) do
			if not keep[key] then
				dict:delete(key)
			end
		end
	end
	dict:incr("v", 1, 0)
	return n
end

-- POST /routes?full: the whole table; without full: changes.
function M.control()
	ngx.req.read_body()
	local body = ngx.req.get_body_data() or ""
	local n, err = apply(body, ngx.var.args == "full")
	if not n then
		ngx.status = err == "no memory" and 507 or 400
		ngx.say(err)
		return ngx.exit(ngx.status)
	end
	ngx.say(n)
end

-- In the master, at every start and reload. Memory that lives on across a reload has newer contents than the file.
function M.init(file, external, https_port)
	M.external, M.https_port = external, https_port
	if dict:get("v") then
		return
	end
	local f = io.open(file, "r")
	local text = f and f:read("*a") or ""
	if f then
		f:close()
	end
	local n, err = apply(text, true)
	if not n then
		error(file .. ": " .. err)
	end
end

return M
