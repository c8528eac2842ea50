import { expect, test } from 'vitest'
import { formatOctets, whyNotSend } from './scan-file.ts'

test('a scan is worth sending when its bytes say so, whatever the name of the file', async () => {
  expect(await whyNotSend(new Blob(['%PDF-1.7\nune feuille\n%%EOF\n']))).toBeNull()
  expect((await whyNotSend(new Blob(['MZ un programme nommé feuille.pdf'])))?.code).toBe('piece_type')
  expect((await whyNotSend(new Blob([])))?.code).toBe('piece_type')
})

test('a file too heavy is refused without being read', async () => {
  const arrayBuffer = (): Promise<ArrayBuffer> => Promise.reject(new Error('read'))
  expect((await whyNotSend({ size: 5 * 1024 * 1024 + 1, arrayBuffer }))?.code).toBe('piece_taille')
})

test('a weight is said in ko, then in Mo', () => {
  expect([formatOctets(12), formatOctets(419_600), formatOctets(2_300_000)]).toEqual(['1 ko', '420 ko', '2 Mo'])
})
