/** Addresses inside the app; the links of `GET /accueil` are among them. */
export const paths = {
  accueil: () => '/',
  remettre: () => '/remettre',
  stock: () => '/stock',
  carnet: ({ carnetId }: { carnetId: string }) => `/stock/${carnetId}`,
  personnes: () => '/personnes',
  attributions: () => '/attributions',
}
