module.exports = { most: 2 };
