import { expect, test } from 'vitest'
import { BadSetting, readConfig } from './config.ts'

const env = { DATABASE_URL: 'postgresql://app@localhost/pass' }
const proconnect = { PROCONNECT_ISSUER: 'https://auth.exemple.fr/api/v2', PROCONNECT_CLIENT_ID: 'pass', PROCONNECT_CLIENT_SECRET: 'secret' }
const production = { ...env, NODE_ENV: 'production', SECRETS_DIR: '/etc/pass', FILES_DIR: '/srv/pass' }
const service = {
  ...production,
  PUBLIC_URL: 'https://pass.exemple.fr',
  SMTP_URL: 'smtps://courriel.exemple.fr',
  MAIL_FROM: 'pass@exemple.fr',
  ...proconnect,
}

test('without a word, the service is at its own port and has neither mail nor ProConnect', () => {
  expect(readConfig({ ...env, PORT: '4000' })).toMatchObject({
    publicUrl: 'http://localhost:4000',
    smtpUrl: undefined,
    courrielsDir: undefined,
    proconnect: null,
  })
  // an empty variable is no setting
  expect(readConfig({ ...env, PROCONNECT_ISSUER: '', SMTP_URL: '', PUBLIC_URL: '' }).proconnect).toBeNull()
})

test('the public address, the mail and ProConnect come from the environment', () => {
  expect(readConfig(service)).toMatchObject({
    publicUrl: 'https://pass.exemple.fr',
    smtpUrl: 'smtps://courriel.exemple.fr',
    proconnect: { issuer: 'https://auth.exemple.fr/api/v2', clientId: 'pass', clientSecret: 'secret' },
  })
  expect(readConfig({ ...env, PUBLIC_URL: 'https://pass.exemple.fr/' }).publicUrl).toBe('https://pass.exemple.fr')
  expect(readConfig({ ...env, ...proconnect, PROCONNECT_ISSUER: 'http://127.0.0.1:8081' }).proconnect?.issuer).toBe('http://127.0.0.1:8081')
})

test.each<[string, string, NodeJS.ProcessEnv]>([
  ['ProConnect by halves', 'PROCONNECT_CLIENT_ID et PROCONNECT_CLIENT_SECRET', { ...env, PROCONNECT_ISSUER: proconnect.PROCONNECT_ISSUER }],
  ['a public address with a path', 'PUBLIC_URL', { ...env, PUBLIC_URL: 'https://exemple.fr/pass' }],
  ['another public address than http', 'PUBLIC_URL', { ...env, PUBLIC_URL: 'ftp://exemple.fr' }],
  ['a mail server that is none', 'SMTP_URL', { ...env, SMTP_URL: 'http://exemple.fr' }],
  ['a provider in clear in production', 'PROCONNECT_ISSUER', { ...service, PROCONNECT_ISSUER: 'http://auth.exemple.fr' }],
  ['a public address in clear in production', 'PUBLIC_URL', { ...service, PUBLIC_URL: 'http://pass.exemple.fr' }],
  ['mails without a public address in production', 'PUBLIC_URL manque', { ...service, PUBLIC_URL: '' }],
  ['mails from nobody in production', 'MAIL_FROM', { ...service, MAIL_FROM: '' }],
  ['the demonstration’s inbox in production', 'COURRIELS_DIR', { ...service, COURRIELS_DIR: '/tmp/courriels' }],
])('%s: the service does not start, and names %s', (_, name, wrong) => {
  expect(() => readConfig(wrong)).toThrow(BadSetting)
  expect(() => readConfig(wrong)).toThrow(name)
})
