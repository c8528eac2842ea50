/** The outline of a page while the first one is read. */
export const LoadingState = () => (
  <div className="page attente-page" role="status">
    <span className="hors-ecran">Chargement</span>
    <div className="os os-titre" />
    <div className="os os-bloc" />
    <div className="os os-bloc" />
  </div>
)
