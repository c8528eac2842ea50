import { searchString } from '@pass/web/url.ts'

/** Addresses inside the app; the links of `GET /accueil` are among them. */
export const paths = {
  journee: () => '/',
  ateliers: () => '/ateliers',
  /** `depuis`: like that atelier; `date`: that day. */
  nouvelAtelier: (choix: { depuis?: string; date?: string } = {}) => `/ateliers/nouveau${searchString(choix)}`,
  serie: (choix: { depuis?: string } = {}) => `/ateliers/serie${searchString(choix)}`,
  dupliquer: ({ atelierId }: { atelierId: string }) => `/ateliers/${atelierId}/copie`,
  papier: ({ atelierId }: { atelierId: string }) => `/ateliers/${atelierId}/papier`,
  atelier: ({ atelierId }: { atelierId: string }) => `/ateliers/${atelierId}`,
  guichet: () => '/guichet',
  guichetDe: ({ atelierId }: { atelierId: string }) => `/guichet/${atelierId}`,
  attente: () => '/guichet/attente',
  appareils: () => '/guichet/appareils',
  conflits: () => '/guichet/conflits',
  virements: () => '/virements',
  passUtilises: (filtres: { etat?: string; raison?: string; bordereau?: string; atelier?: string } = {}) =>
    `/virements/pass${searchString(filtres)}`,
  compteBancaire: () => '/compte-bancaire',
  bordereau: ({ bordereauId }: { bordereauId: string }) => `/virements/${bordereauId}`,
  creances: () => '/creances',
  declarerCreance: () => '/creances/nouvelle',
  creance: ({ creanceId }: { creanceId: string }) => `/creances/${creanceId}`,
  monLieu: () => '/mon-lieu',
  catalogue: ({ lieuId }: { lieuId: string }) => `/mon-lieu/${lieuId}/services`,
}
