import { searchString } from '@pass/web/url.ts'

/** Addresses inside the app; the links of `GET /accueil` are among them. */
export const paths = {
  accueil: () => '/',
  remettre: ({ numero }: { numero?: string } = {}) => `/remettre${searchString({ numero })}`,
  stock: () => '/stock',
  carnet: ({ carnetId }: { carnetId: string }) => `/stock/${carnetId}`,
  personnes: () => '/personnes',
  remise: ({ prescriptionId }: { prescriptionId: string }) => `/personnes/${prescriptionId}`,
  inventaire: () => '/inventaire',
  plages: () => '/stock/plages',
  rendezVous: () => '/rendez-vous',
  attributions: () => '/attributions',
  attribution: ({ attributionId }: { attributionId: string }) => `/attributions/${attributionId}`,
  envoyer: () => '/stock/envoyer',
}
