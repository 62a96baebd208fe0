import dns2 from 'dns2';

/** A DNS server on loopback with these TXT and A records; names it does not know do not exist. */
export async function dnsServer(records: Readonly<Record<string, { readonly TXT?: readonly string[]; readonly A?: readonly string[] }>>) {
  const { Packet } = dns2;
  const server = dns2.createServer({
    udp: true,
    handle(request, send) {
      const response = Packet.createResponseFromRequest(request);
      const { name, type } = request.questions[0]! as { name: string; type: number };
      const found = records[name.toLowerCase()];
      const common = { name, class: Packet.CLASS.IN, ttl: 60 };
      if (!found) response.header.rcode = 3;
      if (type === Packet.TYPE.TXT)
        for (const text of found?.TXT ?? [])
          response.answers.push({ ...common, type: Packet.TYPE.TXT, data: text.match(/.{1,200}/gs) ?? [] } as never);
      if (type === Packet.TYPE.A)
        for (const address of found?.A ?? []) response.answers.push({ ...common, type: Packet.TYPE.A, address } as never);
      send(response);
    },
  });
  const { udp } = (await server.listen({ udp: { port: 0, address: '127.0.0.1' } })) as unknown as { udp: { port: number } };
  return { place: `127.0.0.1:${udp.port}`, close: () => server.close() };
}
