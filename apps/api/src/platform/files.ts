import { Readable } from 'node:stream'
import type { FileAnswer } from '@pass/contracts/route.ts'
import type { FastifyReply } from 'fastify'

const MAX_NAME = 120

/** A file name that no system misreads: no path, no control character, no leading dot. */
export const safeName = (nom: string): string => {
  const name = nom
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- control characters are what is removed
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[/\\:*?"<>|]/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  return (name || 'fichier').slice(-MAX_NAME)
}

const asciiName = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')

const encoded = (name: string) => encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** RFC 6266: an ASCII name for old readers, the true one in UTF-8. PDF opens in the browser, everything else is saved. */
export const contentDisposition = (nom: string, type: string): string => {
  const name = safeName(nom)
  return `${type === 'application/pdf' ? 'inline' : 'attachment'}; filename="${asciiName(name)}"; filename*=UTF-8''${encoded(name)}`
}

/** Sends the bytes of a `kind: 'file'` answer, drawn now when they are still to be drawn; those that come piece by piece as they come. */
export const sendFile = async (reply: FastifyReply, { nom, type, contenu }: FileAnswer): Promise<FastifyReply> => {
  const content = typeof contenu === 'function' ? await contenu() : contenu
  reply.type(type).header('Content-Disposition', contentDisposition(nom, type))
  if (!(content instanceof Uint8Array)) return reply.send(Readable.from(content))
  return reply.send(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
}
