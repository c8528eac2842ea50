import { z } from 'zod'
import { codeA6, Defi, EXAMPLE_REPONSE, ReponsePasskey } from './connexion.ts'
import { routes } from './route.ts'
import { Session } from './session.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

/** Proving again who one is: the second factor at sign-in, and before every route that says `stepUp`. Each answers the session as it now is. */
export const preuveRoutes = routes({
  challengePreuve: {
    method: 'POST',
    path: '/session/preuve/defi',
    droit: 'session:read',
    effect: 'session',
    summary: 'Demander un défi pour prouver son identité par une clé d’accès',
    refusals: ['facteur_absent'],
    response: Defi,
  },
  provePasskey: {
    method: 'POST',
    path: '/session/preuve/passkey',
    droit: 'session:read',
    effect: 'session',
    summary: 'Prouver son identité par une clé d’accès',
    refusals: ['preuve_refusee'],
    body: z.strictObject({ defiId: z.uuid(), reponse: ReponsePasskey }),
    response: Session,
    example: { defiId: EXAMPLE_ID, reponse: EXAMPLE_REPONSE },
  },
  proveTotp: {
    method: 'POST',
    path: '/session/preuve/totp',
    droit: 'session:read',
    effect: 'session',
    summary: 'Prouver son identité par le code de l’application',
    refusals: ['preuve_refusee', 'facteur_absent', 'trop_de_demandes'],
    body: z.strictObject({ code: codeA6 }),
    response: Session,
    example: { code: '123456' },
  },
  sendCode: {
    method: 'POST',
    path: '/session/preuve/courriel/envoi',
    droit: 'session:read',
    effect: 'session',
    status: 202,
    summary: 'Recevoir un code par courriel pour prouver son identité',
    refusals: ['facteur_exige', 'trop_de_demandes'],
    response: z.object({ envoye: z.literal(true), /** « a…@exemple.fr » */ adresse: z.string() }),
  },
  proveCode: {
    method: 'POST',
    path: '/session/preuve/courriel',
    droit: 'session:read',
    effect: 'session',
    summary: 'Prouver son identité par le code reçu par courriel',
    refusals: ['preuve_refusee', 'facteur_exige', 'trop_de_demandes'],
    body: z.strictObject({ code: codeA6 }),
    response: Session,
    example: { code: '123456' },
  },
  provePassword: {
    method: 'POST',
    path: '/session/preuve/mot-de-passe',
    droit: 'session:read',
    effect: 'session',
    summary: 'Prouver son identité par son mot de passe',
    refusals: ['preuve_refusee', 'facteur_exige', 'trop_de_demandes'],
    body: z.strictObject({ motDePasse: z.string().min(1, 'Indiquez votre mot de passe.').max(200) }),
    response: Session,
    example: { motDePasse: 'une phrase assez longue' },
  },
})
