/** Addresses inside the app; the links of `GET /accueil` are among them. */
export const paths = {
  journee: () => '/',
  ateliers: () => '/ateliers',
  nouvelAtelier: () => '/ateliers/nouveau',
  dupliquer: ({ atelierId }: { atelierId: string }) => `/ateliers/nouveau?depuis=${atelierId}`,
  atelier: ({ atelierId }: { atelierId: string }) => `/ateliers/${atelierId}`,
  guichet: () => '/guichet',
  guichetDe: ({ atelierId }: { atelierId: string }) => `/guichet/${atelierId}`,
  attente: () => '/guichet/attente',
  appareils: () => '/guichet/appareils',
  conflits: () => '/guichet/conflits',
  virements: () => '/virements',
  bordereau: ({ bordereauId }: { bordereauId: string }) => `/virements/${bordereauId}`,
  monLieu: () => '/mon-lieu',
}
